import type { LogSourceModel } from '../../shared/messages.ts';
import type { LogEntry } from './entry.ts';
import { plainText } from './entry.ts';

/** What the host takes at most, characters. */
const MOST_COPIED = 10 * 1024 * 1024;
const LEFT_OUT = '# Older lines are left out.';

interface Shown {
  readonly length: number;
  at(index: number): LogEntry | undefined;
}

/**
 * The lines shown as plain text: UTC time, pod, line, separated by tabs; marks as comments. Where they are more than `most`
 * characters, the newest of them, and a first line that says so.
 */
export function copyText(
  shown: Shown,
  source: (index: number) => LogSourceModel | undefined,
  most = MOST_COPIED,
): string {
  const lines: string[] = [];
  let length = LEFT_OUT.length;
  for (let index = shown.length - 1; index >= 0; index--) {
    const entry = shown.at(index);
    if (entry === undefined) continue;
    const label = entry.kind === 'mark' ? '#' : (source(entry.source)?.label ?? '');
    const line = `${entry.at}\t${label}\t${plainText(entry.text)}`;
    length += line.length + 1;
    if (length > most) {
      lines.push(LEFT_OUT);
      break;
    }
    lines.push(line);
  }
  return lines.reverse().join('\n');
}
