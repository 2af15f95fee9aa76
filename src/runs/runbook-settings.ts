import type { Endpoints } from './endpoints.ts';
import type { WriteGuards } from './guarded-writes.ts';
import type { RollbackPlace } from './prepare-rollback.ts';

/** What the settings say of a deployment's runbook, asked when it counts. */
export interface RunbookSettings extends WriteGuards, Pick<RollbackPlace, 'verdict'> {
  endpoints(): Endpoints;
  /** How long pods may take to become ready, in ms. */
  readyWithinMs(): number;
  /** The kubeconfig file that a copied command must name; undefined where kubectl finds it by itself. */
  kubeconfig(): string | undefined;
}
