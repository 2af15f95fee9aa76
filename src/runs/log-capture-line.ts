import type { StampedLine } from '../domain/logs/split.ts';

/** `-` stands for a line without a stamp; `+123` behind the stamp says that 123 bytes of the line were cut off. */
const form = /^(-|\d{4}-[\d:.T-]+Z)(?:\+(\d+))?(?: |$)/;

/** A line as it stands in a file of a capture: `2026-01-02T15:04:05.000000000Z the text`. */
export function writtenLine({ at, text, omittedBytes }: StampedLine): string {
  return `${at ?? '-'}${omittedBytes > 0 ? `+${omittedBytes}` : ''} ${text}`;
}

/** The other way round. */
export function readLine(written: string): StampedLine {
  const match = form.exec(written);
  if (match === null) return { at: undefined, text: written, omittedBytes: 0 };
  const [head, stamp, omitted] = match;
  return {
    at: stamp === '-' ? undefined : stamp,
    text: written.slice(head.length),
    omittedBytes: Number(omitted ?? 0),
  };
}
