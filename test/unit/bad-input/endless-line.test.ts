import assert from 'node:assert/strict';
import { containerLogs } from '../../../src/cluster/logs/container-log.ts';
import { shownBytes } from '../../../src/domain/logs/sanitize.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { type LogBatch, LogSession } from '../../../src/runs/log-session.ts';
import { encodeLogLines } from '../../../src/views/log-messages.ts';
import { parseBatch } from '../../../src/webview/log/parse-batch.ts';
import { eventually } from '../../testbed/eventually.ts';
import type { Fault } from '../../testbed/misbehaving/faults.ts';
import { FakePods, podOf } from '../runs/log-session-fakes.ts';
import { transportTo } from './asking.ts';
import { startShop } from './shop.ts';

const megabyte = 1024 * 1024;
const stamp = (second: number) => `2026-01-01T00:00:0${second}.000000000Z`;

/** A log with a line of 10 MB between two short ones, which then stays open. */
const longLine: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(`${stamp(1)} before\n${stamp(2)} `);
  for (let written = 0; written < 10; written++) response.write('x'.repeat(megabyte));
  response.write(`\n${stamp(3)} after\n`);
};

describe('a log line of 10 MB', () => {
  it('arrives in the panel cut to 16 KiB and marked, between its neighbours', async () => {
    const shop = await startShop();
    const transport = transportTo(shop.url);
    shop.fault({ path: /\/log$/ }, longLine);
    const batches: LogBatch[] = [];
    const session = new LogSession({
      logs: containerLogs(transport, realClock),
      clock: realClock,
      pods: new FakePods(podOf('web-a')),
      scope: { kind: 'deployment' },
    });
    try {
      session.onBatch((batch) => batches.push(batch));
      session.addCredit(100);
      await eventually('three lines', async () => batches.flatMap(({ lines }) => lines).length >= 3);
      const encoded = batches.map(({ lines }) => encodeLogLines(lines, () => 0));
      const sent = encoded.reduce((sum, { length }) => sum + length, 0);
      assert.ok(sent < shownBytes + 1024, `${sent} bytes cross to the panel`);
      const shown = encoded.map(parseBatch);
      assert.deepEqual(
        shown.flatMap(({ lines }) => lines.map(({ text }) => text.replace(/x{16384}/, 'x…'))),
        ['before', `x… … (${10 * megabyte - shownBytes} bytes more)`, 'after'],
      );
      assert.ok(shown.every(({ unreadable }) => unreadable === 0));
    } finally {
      session.dispose();
      transport.dispose();
      await shop.close();
    }
  });
});
