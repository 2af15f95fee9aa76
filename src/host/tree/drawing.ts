import type { Notice } from '../../views/tree/notices.ts';
import type { Tooltip, TreeRow } from '../../views/tree/row.ts';

/** A row as it is now: its words, what its menus go by, and what a hover tells, which is worked out when it is asked for. */
export interface DrawnRow {
  readonly row: TreeRow;
  readonly contextValue: string;
  readonly folding: 'none' | 'folded' | 'unfolded';
  readonly failing: boolean;
  readonly command?: Notice['command'];
  tooltip(): Tooltip;
}
