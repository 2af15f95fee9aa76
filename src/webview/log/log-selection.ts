import type { LogEntry } from './entry.ts';
import type { RowPool } from './row-pool.ts';

/** The entries in which a person's selection begins and ends, the upper one first. */
export interface LogSelection {
  readonly from: LogEntry;
  readonly to: LogEntry;
}

/** The page's selection where both ends of it are in rows of this list; undefined where nothing of it is selected. */
export function selectionIn(list: HTMLElement, pool: RowPool): LogSelection | undefined {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const from = entryAt(list, pool, range.startContainer, range.startOffset);
  const to = entryAt(list, pool, range.endContainer, range.endOffset);
  return from === undefined || to === undefined ? undefined : { from, to };
}

function entryAt(list: HTMLElement, pool: RowPool, node: Node, offset: number): LogEntry | undefined {
  if (!list.contains(node)) return undefined;
  let row: Node | undefined = node;
  // Between two rows: the one after, or the last.
  if (node === list) row = list.children[Math.min(offset, list.children.length - 1)];
  else while (row.parentNode !== null && row.parentNode !== list) row = row.parentNode;
  return row && pool.entryOf(row);
}
