import { visible } from '../domain/logs/visible.ts';

/** Text that is shown as it is where VS Code would make an icon of `$(name)`: in the status bar and in quick picks. */
export function plainInStatusBar(text: string): string {
  return visible(text).replaceAll('$(', String.raw`\$(`);
}
