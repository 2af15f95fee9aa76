import type { SmokeTest } from '../domain/runbook/smoke-test.ts';
import type { SmokeTests } from '../ports/smoke-tests.ts';
import type { Endpoints } from './endpoints.ts';
import type { DeploymentFigures } from './figures/deployment-figures.ts';
import type { WriteGuards } from './guarded-writes.ts';
import type { RollbackPlace } from './prepare-rollback.ts';

/** What a deployment's runbook has besides the cluster: what the settings say, asked when it counts, and what is recorded. */
export interface RunbookSettings extends WriteGuards, Pick<RollbackPlace, 'verdict'> {
  endpoints(): Endpoints;
  /** How long pods may take to become ready, in ms. */
  readyWithinMs(): number;
  /** The kubeconfig file that a copied command must name; undefined where kubectl finds it by itself. */
  kubeconfig(): string | undefined;
  /** The folder for what is kept with the run besides its journal, such as captured logs. It need not exist. */
  readonly attachments: string;
  /** What is recorded of the deployment's figures; undefined while its context is not connected to. */
  figures(): Pick<DeploymentFigures, 'recorded' | 'onDidChange' | 'hold'> | undefined;
  /** Resolves when what was recorded before this window was opened is known; where it is missing, all is known at once. */
  figuresLoaded?(): Promise<void>;
  /** The test that is run after a rollback; undefined where none is set. */
  smokeTest(): SmokeTest | undefined;
  readonly smokeTests: SmokeTests;
  /** Whether a dashboard is set for the deployment. */
  hasDashboard(): boolean;
  /** How long is watched after a rollback, in ms. */
  watchMs(): number;
}
