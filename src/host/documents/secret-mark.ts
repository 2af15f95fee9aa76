import { createHmac, randomBytes } from 'node:crypto';

/** Never leaves this process: without it a mark tells nothing of what it stands for. */
const key = randomBytes(32);
const digits = 8;

/** What is shown for a secret: the same for equal ones while the window is open, so that a difference can be seen. */
export function secretMark(secret: string): string {
  return `(not shown, ${createHmac('sha256', key).update(secret).digest('hex').slice(0, digits)})`;
}

/** What a document says of the marks in it. */
export function secretNote(text: string): readonly string[] {
  return text.includes('(not shown, ')
    ? ['A value that may be secret reads (not shown, …): equal marks stand for equal values.']
    : [];
}
