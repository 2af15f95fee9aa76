import { plainInStatusBar } from '../status-text.ts';
import { contextTooltip, namespaceWords, type ContextFacts } from './context-row.ts';
import { type FailingCount, failingSum, failingWords } from './failing-counts.ts';
import type { Sight, Tooltip } from './row.ts';
import { staleWords } from './namespace-row.ts';

/** The status bar's words about where one works. */
export interface PlaceStatus {
  /** With icons, in VS Code's spelling. */
  readonly text: string;
  readonly spoken: string;
  readonly tooltip: Tooltip;
}

/** What the status bar tells of the chosen context. */
export interface PlaceFacts {
  readonly context: ContextFacts;
  readonly sight: Sight;
  readonly failing: number;
  /** Why nothing of it can be seen, where that is so. */
  readonly problem: { readonly words: string; readonly message: string } | undefined;
  /** The other open contexts: the badge of the view counts them too. */
  readonly elsewhere: readonly FailingCount[];
}

/** `$(server-environment) prod-eu1 / all namespaces  $(error) 2 +1 elsewhere`. */
export function placeStatus({ context, sight, failing, problem, elsewhere }: PlaceFacts): PlaceStatus {
  const { marks } = context;
  const stale = staleWords(sight) ?? problem?.words;
  const place = `${context.name} / ${namespaceWords(context.namespaces)}`;
  const here = failing === 0 ? [] : [`${failing} ${stale === undefined ? '' : 'was '}failing here`];
  const others = failingSum(elsewhere);
  const otherWords = others === 0 ? [] : [`elsewhere ${failingWords(elsewhere)}`];
  const facts = [...(stale === undefined ? [] : [stale]), ...here, ...otherWords, ...marks];
  const text = [
    `$(${stale === undefined ? 'server-environment' : 'debug-disconnect'}) ${plainInStatusBar(place)}`,
    ...(failing + others === 0 ? [] : [`$(error) ${failing}${others === 0 ? '' : ` +${others} elsewhere`}`]),
    ...(marks.length === 0 ? [] : [`$(lock) ${marks.join(', ')}`]),
    ...(stale === undefined ? [] : [stale]),
  ].join('  ');
  const tooltip = contextTooltip(context, sight, problem?.message);
  return {
    text,
    spoken: ['Rollback', place, ...facts].join(', '),
    tooltip: {
      ...tooltip,
      paragraphs: [
        ...tooltip.paragraphs,
        ...(facts.length === 0 ? [] : [facts]),
        ['Choose another context.'],
      ],
    },
  };
}
