/** How a row is drawn: its icon's name among codicons, and the tone that colours it. */
export interface RowIcon {
  readonly codicon: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'running' | 'plain' | 'dim';
}

/** One row of the tree, in words. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon | undefined;
  /** For a screen reader: the icon's meaning in words, then the row. */
  readonly spoken: string;
}

/** What a hover tells, as plain text in paragraphs of lines. */
export interface Tooltip {
  readonly title: string;
  readonly paragraphs: readonly (readonly TooltipLine[])[];
}

/** A line, with a name in front of it where it is one of several facts. */
export type TooltipLine = string | { readonly name: string; readonly text: string };

/** When a row is drawn, and how well the cluster can be seen then. Times are ms since the epoch. */
export interface Sight {
  readonly now: number;
  /** When the cluster was last seen; undefined where it is seen now. */
  readonly staleSince: number | undefined;
}

/** How well a cluster can be seen, out of its store's state. */
export function sightOf(
  state: { readonly kind: string; readonly since?: number | undefined },
  now: number,
): Sight {
  return { now, staleSince: state.kind === 'stale' ? state.since : undefined };
}

/** The icon of whatever was true when the cluster was last seen, which may be long over. */
export const staleIcon: RowIcon = { codicon: 'debug-disconnect', tone: 'dim' };
