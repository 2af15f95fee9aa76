import { writeFileSync } from 'node:fs';

/** What became of the tests of one layer. */
export interface Tally {
  readonly passed: number;
  /** The titles of those that failed. */
  readonly failed: readonly string[];
  readonly skipped: number;
}

/** The environment variable that names the file a layer's process leaves its tally in. */
export const TALLY_FILE = 'KUBERNETES_ROLLBACK_TALLY';

/** Leaves the tally for the process that started this layer; nothing where nobody asked for it. */
export function leaveTally(tally: Tally): void {
  const file = process.env[TALLY_FILE];
  if (file !== undefined) writeFileSync(file, JSON.stringify(tally));
}
