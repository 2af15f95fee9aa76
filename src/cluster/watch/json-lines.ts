const newline = 0x0a;

/** Cuts bytes that come in chunks into lines, without the line ends; empty lines are left out. */
export class JsonLines {
  /** The beginning of a line whose end has not come yet. */
  #rest: Uint8Array[] = [];

  /**
   * The lines that end in this chunk. They may share its memory: they are to be read before the next chunk. What follows
   * the last line end of all is a line cut off by the server: a watch goes on from the last whole one.
   */
  *of(chunk: Uint8Array): Generator<Buffer> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let from = 0;
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, from)) {
      const part = bytes.subarray(from, at);
      from = at + 1;
      const line = this.#rest.length === 0 ? part : Buffer.concat([...this.#rest, part]);
      this.#rest = [];
      if (line.length > 0) yield line;
    }
    if (from < bytes.length) this.#rest.push(bytes.subarray(from));
  }
}
