/** Rows drawn beyond each edge, so that a quick scroll meets rows and not a blank. */
const BEYOND = 8;

/** Which rows to draw: the first, and the one after the last. */
export interface WindowRange {
  readonly first: number;
  readonly end: number;
}

/** The rows of `rowHeight` pixels that a view of `height` at `top` shows, with some beyond, out of `total`. */
export function windowRange(top: number, height: number, rowHeight: number, total: number): WindowRange {
  const first = Math.max(0, Math.min(total, Math.floor(top / rowHeight)) - BEYOND);
  const end = Math.min(total, Math.ceil((top + height) / rowHeight) + BEYOND);
  return { first: Math.min(first, end), end };
}
