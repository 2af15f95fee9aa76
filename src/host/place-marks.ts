import { isProtectedSetting, isReadOnlySetting } from './settings.ts';

/** What the settings say of a context, in words for its row and the status bar. */
export function placeMarks(context: string): readonly string[] {
  return [
    ...(isProtectedSetting(context) ? ['protected'] : []),
    ...(isReadOnlySetting(context) ? ['read-only'] : []),
  ];
}
