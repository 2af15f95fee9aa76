import { utcStamp } from './stamp.ts';

/** A line as the kubelet sent it: its stamp and its text, nothing of it made harmless yet. */
export interface StampedLine {
  /** UTC with nine decimals; undefined for what the kubelet itself says instead of a log line. */
  readonly at: string | undefined;
  readonly text: string;
  /** How many bytes of the line were cut off after those in `text`. */
  readonly omittedBytes: number;
  /** True for what stands in the place of lines that could not be had: words of ours, not of the container. */
  readonly gap?: true;
}

/** What is kept of one line: 64 KiB. Hundreds of streams in the middle of endless lines stay within some ten MiB. */
export const keptBytes = 64 * 1024;

const newline = 10;

/** Bytes of a log stream with `timestamps=true` → lines. Chunks may end anywhere, in the middle of a character too. */
export class LogLineDecoder {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #encoder = new TextEncoder();
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #omittedBytes = 0;

  /** Lines that this chunk ends. The chunk may be used again by its owner afterwards. */
  push(chunk: Uint8Array): StampedLine[] {
    const lines: StampedLine[] = [];
    let start = 0;
    if (this.#pendingBytes > 0) {
      const end = chunk.indexOf(newline);
      this.#keep(end === -1 ? chunk : chunk.subarray(0, end));
      if (end === -1) return lines;
      lines.push(this.#takePending());
      start = end + 1;
    }
    // Whole lines are decoded at once: a call per line costs several times as much.
    const last = chunk.lastIndexOf(newline);
    if (last >= start) {
      for (const line of this.#decoder.decode(chunk.subarray(start, last)).split('\n'))
        lines.push(this.#line(line, 0));
      start = last + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, where the stream ended without ending it. */
  end(): StampedLine[] {
    return this.#pendingBytes > 0 ? [this.#takePending()] : [];
  }

  #keep(bytes: Uint8Array): void {
    const room = keptBytes - this.#pendingBytes;
    const kept = bytes.slice(0, room);
    if (kept.length > 0) this.#pending.push(kept);
    this.#pendingBytes += kept.length;
    this.#omittedBytes += bytes.length - kept.length;
  }

  #takePending(): StampedLine {
    const bytes = new Uint8Array(this.#pendingBytes);
    let at = 0;
    for (const piece of this.#pending) {
      bytes.set(piece, at);
      at += piece.length;
    }
    const omitted = this.#omittedBytes;
    this.#pending = [];
    this.#pendingBytes = this.#omittedBytes = 0;
    const whole = omitted > 0 ? wholeCharacters(bytes) : bytes.length;
    return this.#line(this.#decoder.decode(bytes.subarray(0, whole)), omitted + bytes.length - whole);
  }

  #line(line: string, omittedBytes: number): StampedLine {
    let kept = line;
    let omitted = omittedBytes;
    if (line.length * 3 > keptBytes) {
      const { read } = this.#encoder.encodeInto(line, new Uint8Array(keptBytes));
      kept = line.slice(0, read);
      omitted += this.#encoder.encode(line.slice(read)).length;
    }
    const space = kept.indexOf(' ');
    // A stamp takes at most 35 characters; an empty line ends right after it.
    const at = space === -1 ? utcStamp(kept) : space <= 35 ? utcStamp(kept.slice(0, space)) : undefined;
    if (at === undefined) return { at, text: kept, omittedBytes: omitted };
    return { at, text: space === -1 ? '' : kept.slice(space + 1), omittedBytes: omitted };
  }
}

/** How many of the bytes end with a whole character: a cut must not make a U+FFFD of its own. */
function wholeCharacters(bytes: Uint8Array): number {
  let start = bytes.length - 1;
  while (start >= Math.max(0, bytes.length - 4) && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start + length > bytes.length ? start : bytes.length;
}
