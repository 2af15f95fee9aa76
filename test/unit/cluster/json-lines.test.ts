import assert from 'node:assert/strict';
import fc from 'fast-check';

import { jsonLines } from '../../../src/cluster/json-lines.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of jsonLines(
    (async function* () {
      yield* chunks;
    })(),
  ))
    lines.push(line);
  return lines;
}

describe('the lines of a watch', () => {
  it('are the same however the bytes are cut, within characters too; an unfinished last one is left out', async () => {
    const line = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line), line, fc.array(fc.nat(200)), async (whole, torn, cuts) => {
        const bytes = Buffer.from(whole.map((text) => `${text}\n`).join('') + torn);
        const places = [0, ...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        assert.deepEqual(await linesOf(chunks), whole);
      }),
    );
  });

  it('leave empty lines out', async () => {
    assert.deepEqual(await linesOf([Buffer.from('\n\n{}\n\n')]), ['{}']);
  });
});
