import type { Connection } from '../cluster/connections.ts';
import type { DeploymentName } from '../cluster/reads/deployments.ts';
import { WriteGateway } from '../cluster/writes/writes.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import { healthOf } from '../domain/rollout/health.ts';
import { historyOf } from '../domain/rollout/history.ts';
import type { OperationRequest } from '../domain/rollout/operations.ts';
import type { TemplateChange } from '../domain/rollout/template-difference.ts';
import type { Consent } from '../domain/runbook/consent.ts';
import type { RecordedChange, RevisionRef } from '../domain/runbook/events.ts';
import type { WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock } from '../ports/clock.ts';
import { GuardedWrites } from './guarded-writes.ts';
import { type OperationPreview, prepareOperation } from './prepare-operation.ts';
import { prepareRollback, type Preparation, type RollbackPreview } from './prepare-rollback.ts';
import type { RolloutWatching } from './rollout-watching.ts';
import type { Run } from './run.ts';
import type { RunChecklist } from './run-checklist.ts';
import type { RunSteps } from './run-steps.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import type { Prepared } from './write-preview.ts';

/** How long a confirmed rollback waits for the failing pods' logs to be kept, in ms. */
const captureFirstMs = 2_000;

export interface RunWritesPlace {
  readonly run: Run;
  readonly connection: Connection;
  readonly settings: RunbookSettings;
  readonly user: string;
  readonly clock: Clock;
  readonly watching: RolloutWatching;
  readonly steps: RunSteps;
  readonly checklist: RunChecklist;
}

/** All that a run writes to the cluster, from the preview to its outcome: each write is confirmed, and an event of the run first. */
export class RunWrites {
  readonly #place: RunWritesPlace;
  readonly #guarded: GuardedWrites;

  constructor(place: RunWritesPlace) {
    const { run, connection, settings, clock } = place;
    const { api, writer } = connection;
    this.#place = place;
    this.#guarded = new GuardedWrites(new WriteGateway(api, writer, run.writeJournal(), clock), settings);
  }

  /**
   * Reads, decides and dry-runs; writes nothing. 0 is the previous revision, `note` goes with it; `replicaSet` is the uid of
   * the one that is meant, where a person has seen it. Throws ApiError.
   */
  async prepare(
    toRevision: number,
    signal?: AbortSignal,
    note = '',
    replicaSet?: string,
  ): Promise<Preparation> {
    const { api, writer } = this.#place.connection;
    const verdict: RunbookSettings['verdict'] = (replicaSet) => this.#place.settings.verdict(replicaSet);
    const place = { api, writer, ...this.#kubectlPlace, name: this.#name, verdict };
    const request = { toRevision, note, replicaSet };
    return this.#guarded.prepare((gateway) => prepareRollback(place, gateway, request, signal));
  }

  /** As `prepare`, for pausing, resuming, restarting and scaling. */
  async prepareOperation(
    request: OperationRequest,
    signal?: AbortSignal,
  ): Promise<Prepared<OperationPreview>> {
    const { api } = this.#place.connection;
    return this.#guarded.prepare((gateway) =>
      prepareOperation(
        api,
        gateway,
        this.#kubectlPlace,
        this.#name,
        request,
        this.#place.clock.now(),
        signal,
      ),
    );
  }

  /**
   * Writes the confirmed rollback, once: a preview that was written before or is not the newest is not applied. Throws
   * where its intent cannot be stored: nothing is sent then.
   */
  async rollBack(preview: RollbackPreview, consent: Consent = {}): Promise<WriteOutcome> {
    this.#place.checklist.refuseWhenEnded();
    return this.#guarded.write(preview, consent, async () => {
      // What is seen from here on is of another rollback: the old watching must not end the new one.
      this.#place.watching.forget();
      await this.#writeIssueDown();
      const { from, to, command } = preview;
      const by = this.#place.user;
      const refs = { from: refOf(from), to: refOf(to) };
      const changes = preview.changes.map(recorded);
      // The run counts as rolled back from this call on; what steps looked at until then was of another template.
      const stored = this.#place.run.recordFirst(
        { kind: 'rollbackConfirmed', ...refs, by, command, changes },
        'writeEnded',
      );
      const looked = this.#place.steps.forget();
      await stored;
      await this.#captureFirst(looked);
    });
  }

  /** As `rollBack`, for the other operations. Refused where the run has ended. */
  async operate(preview: OperationPreview, consent: Consent = {}): Promise<WriteOutcome> {
    this.#place.checklist.refuseWhenEnded();
    const { operation, command } = preview;
    return this.#guarded.write(preview, consent, () => {
      this.#place.watching.forgetOperation();
      return this.#place.run.recordFirst(
        { kind: 'operationConfirmed', operation, by: this.#place.user, command },
        'operationEnded',
      );
    });
  }

  /** Resolves when nothing is being written: its outcome is in the journal then. */
  idle(): Promise<void> {
    return this.#guarded.idle();
  }

  /** Throws while something is written. */
  refuseWhileWriting(): void {
    this.#guarded.refuseWhileWriting();
  }

  /** No preview of before can be written any more. */
  forget(): void {
    this.#guarded.forget();
  }

  get #kubectlPlace(): KubectlPlace {
    return { context: this.#place.run.state.target.context, kubeconfig: this.#place.settings.kubeconfig() };
  }

  get #name(): DeploymentName {
    const { namespace, name } = this.#place.run.state.target;
    return { namespace, name };
  }

  /**
   * Keeps the failing pods' last lines once more, up to now. The write waits a moment for it; then it goes on beside the
   * rollout, since pods that are ending can still be read.
   */
  async #captureFirst(looked: Promise<unknown>): Promise<void> {
    const { target, steps } = this.#place.run.state;
    if (steps.capture?.state === 'skipped') return;
    const captured = looked.then(() => this.#place.steps.begin(['capture']));
    // Where no pod is known there is nothing to wait for.
    if ((this.#place.connection.store.find(target.namespace, target.name)?.pods ?? []).length === 0) return;
    const enough = new AbortController();
    await Promise.race([captured, this.#place.clock.sleep(captureFirstMs, enough.signal)]);
    enough.abort();
  }

  /** What was wrong, before it is mended: later nothing shows it any more. */
  async #writeIssueDown(): Promise<void> {
    const { target, issue, rollback } = this.#place.run.state;
    const records = this.#place.connection.store.find(target.namespace, target.name);
    if (records === undefined) return;
    const health = healthOf(records);
    const anew = issue === undefined || (rollback?.end !== undefined && historyOf(records).length > 0);
    if (health.state === 'degraded' && anew)
      await this.#place.run.record({ kind: 'issueSeen', words: health.words, since: health.since });
  }
}

function refOf({ revision, replicaSetUid, replicaSetName, version }: RevisionRef): RevisionRef {
  return { revision, replicaSetUid, replicaSetName, version };
}

function recorded({ path, from, to, words }: TemplateChange): RecordedChange {
  return { path, words, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
