import assert from 'node:assert/strict';
import fc from 'fast-check';

import { JsonLines } from '../../../src/cluster/watch/json-lines.ts';

function linesOf(chunks: readonly Uint8Array[]): string[] {
  const lines = new JsonLines();
  return chunks.flatMap((chunk) => [...lines.of(chunk)].map((line) => line.toString()));
}

describe('the lines of a watch', () => {
  it('are the same however the bytes are cut, within characters too; an unfinished last one is left out', () => {
    const line = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => JSON.stringify(text));
    fc.assert(
      fc.property(fc.array(line), line, fc.array(fc.nat(200)), (whole, torn, cuts) => {
        const bytes = Buffer.from(whole.map((text) => `${text}\n`).join('') + torn);
        const places = [0, ...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        assert.deepEqual(linesOf(chunks), whole);
      }),
    );
  });

  it('leave empty lines out', () => {
    assert.deepEqual(linesOf([Buffer.from('\n\n{}\n\n')]), ['{}']);
  });
});
