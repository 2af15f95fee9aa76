/** How fast a log session takes in, merges and delivers the lines of 300 containers, as they come. */
import { LogSession } from '../../../src/runs/log-session.ts';
import { FakeLogs, FakePods, podOf } from '../../unit/runs/log-session-fakes.ts';
import { VirtualClock } from '../../unit/virtual-clock.ts';
import { linesOf, peakMb, streams, tickMs, ticksFor } from './log-lines.ts';
import { finish, options } from './side-process.ts';

const clock = new VirtualClock();
const logs = new FakeLogs();
const pods = new FakePods(...Array.from({ length: streams }, (_, i) => podOf(`web-${i}`)));
const session = new LogSession({
  logs,
  clock,
  pods,
  scope: { kind: 'deployment' },
  start: { tailLines: 10 },
});
let delivered = 0;
let last = '';
let late = 0;
session.addCredit(1_000_000_000);
session.onBatch(({ lines }) => {
  delivered += lines.length;
  for (const { at } of lines) {
    if (at < last) late++;
    last = at;
  }
});
for (const { listener } of logs.all) listener.flow({ kind: 'live' });
await clock.advance(1_000);
const begun = performance.now();
const ticks = ticksFor(options.count);
for (let tick = 0; tick < ticks; tick++) {
  for (const [stream, { source, listener }] of logs.all.entries())
    if (source) listener.lines(linesOf(stream, tick));
  await clock.advance(tickMs);
}
await clock.advance(2_000);
const ms = performance.now() - begun;
const { dropped } = session.status();
const wanted = ticks * streams * 10;
if (delivered !== wanted || dropped > 0 || late > 0)
  throw new Error(`${delivered} of ${wanted} lines came, ${dropped} were dropped, ${late} out of order`);
finish({ usPerLine: (ms * 1000) / delivered, peakMb: peakMb() });
