/** One measurement, as `results.json` keeps it. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in the same unit; null where there is nothing to compare with. */
  readonly against: { readonly name: string; readonly value: number } | null;
  /** `value` divided by what it is compared with. */
  readonly ratio: number | null;
  /** The most that it should be; null where there is no goal. */
  readonly goal: number | null;
  readonly met: boolean | null;
}

/** Makes a row, working out the ratio and whether the goal is met. */
export function row(
  name: string,
  value: number,
  unit: string,
  compared: { readonly against?: { readonly name: string; readonly value: number }; readonly goal?: number },
): Row {
  const { against, goal } = compared;
  return {
    name,
    value,
    unit,
    against: against ?? null,
    ratio: against === undefined ? null : value / against.value,
    goal: goal ?? null,
    met: goal === undefined ? null : value <= goal,
  };
}

/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
