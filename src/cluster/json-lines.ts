const newline = 0x0a;

/** Splits a stream of bytes into its lines, decoded as UTF-8, without the line ends; empty lines are left out. */
export async function* jsonLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Uint8Array[] = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      rest.push(chunk.subarray(from, at));
      from = at + 1;
      const line = Buffer.concat(rest).toString('utf8');
      rest = [];
      if (line !== '') yield line;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  // What follows the last line end is a line cut off by the server: the watch starts again from the last whole one.
}
