/** What a dashboard's address may speak of. Times are ms since the epoch. */
export interface DashboardPlace {
  readonly context: string;
  readonly namespace: string;
  readonly deployment: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A dashboard's address with its placeholders `{namespace} {deployment} {context} {from} {to}` filled in, each encoded for a
 * URL; other braces stay. Undefined where it is no http or https address.
 */
export function dashboardUrl(template: string, place: DashboardPlace): string | undefined {
  const trimmed = template.trim();
  // The scheme and the first letter of the host are written out, so that no value can become either.
  if (!/^https?:\/\/[a-z0-9[{]/i.test(trimmed) || /\s/.test(trimmed)) return undefined;
  return trimmed.replace(/\{(namespace|deployment|context|from|to)\}/g, (all, name: string) =>
    isPlaceholder(name) ? encodeURIComponent(String(place[name]).toWellFormed()) : all,
  );
}

const placeholders = ['namespace', 'deployment', 'context', 'from', 'to'] as const;

function isPlaceholder(name: string): name is (typeof placeholders)[number] {
  return placeholders.some((each) => each === name);
}
