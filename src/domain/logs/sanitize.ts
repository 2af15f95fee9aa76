import { suspicious, visible } from './visible.ts';

/** What is shown of one line, in bytes of UTF-8: 16 KiB. */
export const shownBytes = 16 * 1024;

/**
 * Makes a line of a log harmless to show. Only SGR escapes (colour, weight) stay; every other escape sequence is removed with
 * its payload (CSI, OSC with its hyperlinks and titles, DCS, SOS, PM, APC); control characters, bidi controls and other
 * invisible characters become visible marks; lone surrogates become U+FFFD; tabs stay. More than 16 KiB is cut off and said:
 * `… (N bytes more)`, where `omittedBytes` were cut before this was called. Time grows with the length alone.
 */
export function sanitizeLine(text: string, omittedBytes = 0): string {
  const { kept, more } = cut(text, omittedBytes);
  const mark = more > 0 ? ` … (${more} bytes more)` : '';
  return (suspicious.test(kept) ? neutralise(kept.toWellFormed()) : kept) + mark;
}

function cut(text: string, omittedBytes: number): { kept: string; more: number } {
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (text.length * 3 <= shownBytes) return { kept: text, more: omittedBytes };
  const encoder = new TextEncoder();
  const { read } = encoder.encodeInto(text, new Uint8Array(shownBytes));
  if (read === text.length) return { kept: text, more: omittedBytes };
  return { kept: text.slice(0, read), more: omittedBytes + encoder.encode(text.slice(read)).length };
}

const csi = /[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?/y;
const sgr = /^[\d;:]{0,64}m$/;
const shortEscape = /[\x20-\x2f]*[\x30-\x7e]/y;

function neutralise(text: string): string {
  const terminators = { bell: new NextIndex(text, '\x07'), string: new NextIndex(text, '\x1b\\') };
  let out = '';
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '\x1b') {
      const next = text.indexOf('\x1b', at);
      const end = next === -1 ? text.length : next;
      out += visible(text.slice(at, end));
      at = end;
      continue;
    }
    const { kept, end } = escape(text, at, terminators);
    out += kept;
    at = end;
  }
  return out;
}

interface Terminators {
  readonly bell: NextIndex;
  readonly string: NextIndex;
}

/** What stays of the escape sequence at `at`, and where it ends. */
function escape(text: string, at: number, terminators: Terminators): { kept: string; end: number } {
  const introducer = text[at + 1];
  if (introducer === '[') {
    csi.lastIndex = at + 2;
    const sequence = csi.exec(text)?.[0] ?? '';
    return { kept: sgr.test(sequence) ? `\x1b[${sequence}` : '', end: at + 2 + sequence.length };
  }
  if (introducer !== undefined && ']PX^_'.includes(introducer)) {
    const string = terminators.string.after(at + 2);
    const bell = introducer === ']' ? terminators.bell.after(at + 2) : Infinity;
    // Without an end only the introducer goes: a line must not be able to hide its own rest.
    if (string === Infinity && bell === Infinity) return { kept: '', end: at + 2 };
    return { kept: '', end: bell < string ? bell + 1 : string + 2 };
  }
  shortEscape.lastIndex = at + 1;
  const sequence = shortEscape.exec(text)?.[0];
  return sequence === undefined ? { kept: '␛', end: at + 1 } : { kept: '', end: at + 1 + sequence.length };
}

/** indexOf for growing positions, which never looks at the same part of the text twice. */
class NextIndex {
  readonly #text: string;
  readonly #wanted: string;
  #found = -1;

  constructor(text: string, wanted: string) {
    this.#text = text;
    this.#wanted = wanted;
  }

  /** The first place at or after `position`, or Infinity. */
  after(position: number): number {
    if (this.#found < position) {
      const index = this.#text.indexOf(this.#wanted, position);
      this.#found = index === -1 ? Infinity : index;
    }
    return this.#found;
  }
}
