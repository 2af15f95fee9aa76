/** How many deployments and other workloads fail in one open context. */
export interface FailingCount {
  readonly context: string;
  readonly failing: number;
  /** The cluster cannot be seen now: so many failed when it last was. */
  readonly stale: boolean;
}

/** The badge of the view: what fails in all open contexts, and in its hover where. Undefined where nothing fails. */
export function failingBadge(
  counts: readonly FailingCount[],
): { readonly value: number; readonly tooltip: string } | undefined {
  const value = failingSum(counts);
  const places = failingPlaces(counts);
  const [only] = places;
  if (value === 0 || only === undefined) return undefined;
  return {
    value,
    tooltip:
      places.length === 1 ? `${value} failing in ${only.place}` : `${value} failing: ${placesWords(places)}`,
  };
}

export function failingSum(counts: readonly FailingCount[]): number {
  return counts.reduce((sum, { failing }) => sum + failing, 0);
}

/** `2 in prod-eu1, 1 in staging as last seen`. */
export function failingWords(counts: readonly FailingCount[]): string {
  return placesWords(failingPlaces(counts));
}

function failingPlaces(counts: readonly FailingCount[]) {
  return counts
    .filter(({ failing }) => failing > 0)
    .map(({ context, failing, stale }) => ({ failing, place: `${context}${stale ? ' as last seen' : ''}` }));
}

function placesWords(places: readonly { readonly failing: number; readonly place: string }[]): string {
  return places.map(({ failing, place }) => `${failing} in ${place}`).join(', ');
}
