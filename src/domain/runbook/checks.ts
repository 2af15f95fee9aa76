/** The checks of a verification, in the order in which they are shown. */
export const checkIds = ['podsReady', 'complete', 'health', 'critical', 'logs'] as const;
export type CheckId = (typeof checkIds)[number];

/** Something that was seen: one line, and when (RFC 3339). */
export interface Seen {
  readonly text: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'plain';
  readonly at: string;
}

/** What a check found. `notConfigured`: there is nothing to look at, which is not the same as good. */
export interface CheckResult {
  readonly state: 'running' | 'ok' | 'failed' | 'notConfigured';
  /** Short: `3 of 3`, `503 · 12 ms`. */
  readonly summary: string;
  readonly evidence: readonly Seen[];
}

/** The checklist's items for which a person's word is the evidence as yet. */
export const signableItems = ['metrics', 'users', 'alerts'] as const;
export type SignableItem = (typeof signableItems)[number];
