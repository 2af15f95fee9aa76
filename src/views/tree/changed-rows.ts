/** A row as it was last given to VS Code: what it said, and which rows were below it. Undefined: never asked for. */
export interface Drawing {
  readonly words: string | undefined;
  readonly below: readonly string[] | undefined;
}

/** Whether a row says something else than it did, or has other rows below it or in another order. */
export function isOutdated(drawn: Drawing, now: Drawing): boolean {
  return (
    (drawn.words !== undefined && now.words !== drawn.words) ||
    (drawn.below !== undefined && now.below !== undefined && !sameList(drawn.below, now.below))
  );
}

/** Those of the rows that are not below another of them: to draw a row anew is to draw all below it anew. */
export function topmost<Row>(rows: ReadonlySet<Row>, parentOf: (row: Row) => Row | undefined): Row[] {
  return [...rows].filter((row) => {
    for (let above = parentOf(row); above !== undefined; above = parentOf(above))
      if (rows.has(above)) return false;
    return true;
  });
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
