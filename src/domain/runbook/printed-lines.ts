import { sgrEscape } from '../logs/ansi.ts';
import { sanitizeLine } from '../logs/sanitize.ts';
import { redact } from '../redact.ts';

/** What is kept of an output while it is printed, in characters: more than is shown, so that no secret is cut apart. */
const keptCharacters = 256 * 1024;
/** What is shown of it. */
const shownLines = 100;
const shownCharacters = 16 * 1024;
/** Of one line. */
const lineCharacters = 2_000;

/** The end of what a program prints, made harmless: without secrets, escape sequences and overwritten parts of lines. */
export class PrintedLines {
  #text = '';
  #cut = false;

  /** Pieces of text as they come, cut anywhere. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length <= 2 * keptCharacters) return;
    this.#text = this.#text.slice(-keptCharacters);
    this.#cut = true;
  }

  /** The last line that is not empty; empty where nothing was printed. */
  get lastLine(): string {
    const start = Math.max(0, this.#text.length - 4 * lineCharacters);
    // A line whose beginning is cut may have lost the name that tells its secret: it waits for the next one.
    const from = start === 0 ? 0 : this.#text.indexOf('\n', start) + 1 || this.#text.length;
    const end = redact(this.#text.slice(from));
    return (
      end
        .split('\n')
        .map(harmless)
        .findLast((line) => line.trim() !== '') ?? ''
    );
  }

  /** The last lines: at most 100 of them and 16 KiB, with a word where some are left out. Empty where nothing was printed. */
  get last(): string {
    const text = redact(this.#text.slice(-keptCharacters)).replace(/\s+$/, '');
    if (text === '') return '';
    const all = text.split('\n');
    const kept: string[] = [];
    let length = 0;
    for (let at = all.length - 1; at >= 0 && kept.length < shownLines; at--) {
      const line = harmless(all[at] ?? '');
      length += line.length + 1;
      if (length > shownCharacters) break;
      kept.unshift(line);
    }
    const isWhole = kept.length === all.length && !this.#cut && this.#text.length <= keptCharacters;
    return [...(isWhole ? [] : ['… (earlier lines are left out)']), ...kept].join('\n');
  }
}

/** A line as a terminal leaves it: what a carriage return goes back to is overwritten. */
function harmless(line: string): string {
  const shown = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
  const plain = sanitizeLine(shown).replace(sgrEscape, '');
  return plain.length > lineCharacters ? `${plain.slice(0, lineCharacters)} …` : plain;
}
