/** The same lines, gathered until the last has come, then sorted at once: what is shown comes at the very end. */
import { levelOf } from '../../../src/domain/logs/level.ts';
import { sanitizeLine } from '../../../src/domain/logs/sanitize.ts';
import { linesOf, peakMb, streams, ticksFor } from './log-lines.ts';
import { finish, options } from './side-process.ts';

const begun = performance.now();
const ticks = ticksFor(options.count);
const all: { stream: number; at: string; text: string; level: string | undefined }[] = [];
for (let tick = 0; tick < ticks; tick++)
  for (let stream = 0; stream < streams; stream++)
    for (const { at = '', text } of linesOf(stream, tick))
      all.push({ stream, at, text: sanitizeLine(text), level: levelOf(text) });
all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
finish({ usPerLine: ((performance.now() - begun) * 1000) / all.length, peakMb: peakMb() });
