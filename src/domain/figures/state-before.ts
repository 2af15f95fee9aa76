import type { FigureBaseline } from './baseline.ts';
import { figureTitles, figureWords } from './figure-words.ts';
import { figureIds } from './sample.ts';

/** The state before a failure as evidence. */
export interface StateBefore {
  readonly isKnown: boolean;
  /** Without the times, which the person's own zone writes: they are in `from` and `until`. */
  readonly words: string;
  /** Ms since the epoch: when it was recorded; undefined where nothing was. */
  readonly from: number | undefined;
  readonly until: number | undefined;
}

/** What was recorded while a deployment was healthy, in words; said to be unknown where nothing was, and never guessed. */
export function stateBefore(baseline: FigureBaseline | undefined): StateBefore {
  if (baseline === undefined)
    return {
      isKnown: false,
      words: 'Unknown: nothing was recorded before the failure.',
      from: undefined,
      until: undefined,
    };
  const { figures, samples, from, until } = baseline;
  const seen = figureIds.flatMap((id) => {
    const figure = figures[id];
    return figure === undefined ? [] : [`${figureTitles[id]} ${figureWords(id, figure.median)}`];
  });
  const missing = figureIds.filter((id) => figures[id] === undefined).map((id) => figureTitles[id]);
  const unseen = missing.length === 0 ? '' : ` Not recorded: ${missing.join(', ')}.`;
  const count = `${samples} ${samples === 1 ? 'sample' : 'samples'}`;
  return { isKnown: true, words: `${seen.join(', ')} (the middle of ${count}).${unseen}`, from, until };
}
