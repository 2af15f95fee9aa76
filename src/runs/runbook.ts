import type { DeploymentName } from '../cluster/reads/deployments.ts';
import type { Connection } from '../cluster/connections.ts';
import { WriteGateway } from '../cluster/writes/writes.ts';
import { healthOf } from '../domain/rollout/health.ts';
import type { OperationRequest } from '../domain/rollout/operations.ts';
import type { RevisionVerdict } from '../domain/rollout/known-good.ts';
import { historyOf } from '../domain/rollout/history.ts';
import type { Consent } from '../domain/runbook/consent.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import { checkIds } from '../domain/runbook/checks.ts';
import type { RevisionRef, RolloutEnd } from '../domain/runbook/events.ts';
import { isOperating, type RollbackState } from '../domain/runbook/state.ts';
import { type StepId, stepIds } from '../domain/runbook/steps.ts';
import type { TaskId, TaskState } from '../domain/runbook/tasks.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock } from '../ports/clock.ts';
import { lookAtPresent } from './look-at-present.ts';
import { missedOutcome } from './missed-outcome.ts';
import { GuardedWrites } from './guarded-writes.ts';
import { type OperationPreview, prepareOperation } from './prepare-operation.ts';
import { prepareRollback, type Preparation, type RollbackPreview } from './prepare-rollback.ts';
import { RolloutWatching } from './rollout-watching.ts';
import type { Happening, Run } from './run.ts';
import { RunChecklist } from './run-checklist.ts';
import { RunSteps } from './run-steps.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import { stepHandlers } from './steps/table.ts';
import type { Prepared } from './write-preview.ts';

/** Carries the runbook of one deployment out: whatever is done is an event of its run. */
export class Runbook {
  readonly run: Run;
  readonly connection: Connection;
  /** What is seen of the nine items now, and what people say of them. */
  readonly checklist: RunChecklist;
  readonly #settings: RunbookSettings;
  readonly #user: string;
  readonly #clock: Clock;
  readonly #writes: GuardedWrites;
  readonly #watching: RolloutWatching;
  readonly #steps: RunSteps;

  constructor(run: Run, connection: Connection, settings: RunbookSettings, user: string, clock: Clock) {
    this.run = run;
    this.connection = connection;
    this.#settings = settings;
    this.#user = user;
    this.#clock = clock;
    const { api, writer } = connection;
    this.#writes = new GuardedWrites(new WriteGateway(api, writer, run.writeJournal(), clock), settings);
    this.#watching = new RolloutWatching(run, connection, clock);
    const lookout = { store: connection.store, settings, clock };
    this.checklist = new RunChecklist(run, user, (signal) =>
      lookAtPresent(lookout, run.state.target, signal),
    );
    this.#steps = new RunSteps(run, { connection, settings, clock }, stepHandlers);
  }

  /** Goes on after a reload or crash: what was cut off is looked at in the cluster, never repeated. */
  async resume(): Promise<void> {
    const { rollback, steps, operation } = this.run.state;
    for (const step of stepIds)
      if (steps[step]?.state === 'running') await this.run.record({ kind: 'stepStopped', step });
    if (operation !== undefined && operation.outcome === undefined)
      await this.run.record({ kind: 'operationEnded', outcome: await this.#missed(operation.intent) });
    await Promise.all([
      this.#resumeRollback(rollback),
      ...(isOperating(this.run.state) ? [this.followOperation()] : []),
    ]);
  }

  async #resumeRollback(rollback: RollbackState | undefined): Promise<void> {
    if (rollback === undefined || rollback.end !== undefined) return;
    if (rollback.outcome?.kind === 'notApplied') return;
    if (rollback.outcome === undefined) {
      const outcome = await this.#missed(rollback.intent);
      await this.run.record({ kind: 'writeEnded', outcome });
      if (outcome.kind === 'notApplied') return;
    }
    await this.follow();
  }

  async #missed(intent: WriteIntent | undefined): Promise<WriteOutcome> {
    return intent === undefined
      ? { kind: 'notApplied', message: 'The window was closed before anything was sent.' }
      : missedOutcome(this.connection.api, intent);
  }

  /** From now on each step that only looks is begun as soon as it is due, up to the next decision. */
  goOnByItself(): void {
    this.#steps.goOnByItself();
  }

  /** Begins a step that only looks once more. */
  retry(step: StepId, signal?: AbortSignal): Promise<void> {
    return this.#steps.begin([step], signal);
  }

  /** Leaves a step that only looks out; the reason stays in the run. */
  skip(step: StepId, reason: string): Promise<void> {
    return this.#steps.skip(step, this.#user, reason);
  }

  /** Reads, decides and dry-runs; writes nothing. 0 is the previous revision, `note` goes with it. Throws ApiError. */
  async prepare(toRevision: number, signal?: AbortSignal, note = ''): Promise<Preparation> {
    const { api, writer } = this.connection;
    const verdict: RunbookSettings['verdict'] = (replicaSet) => this.#settings.verdict(replicaSet);
    const place = { api, writer, ...this.#kubectlPlace, name: this.#name, verdict };
    return this.#writes.prepare((gateway) => prepareRollback(place, gateway, { toRevision, note }, signal));
  }

  /** As `prepare`, for pausing, resuming, restarting and scaling. */
  async prepareOperation(
    request: OperationRequest,
    signal?: AbortSignal,
  ): Promise<Prepared<OperationPreview>> {
    const { api } = this.connection;
    return this.#writes.prepare((gateway) =>
      prepareOperation(api, gateway, this.#kubectlPlace, this.#name, request, this.#clock.now(), signal),
    );
  }

  /**
   * Writes the confirmed rollback, once: a preview that was written before or is not the newest is not applied. Throws
   * where its intent cannot be stored: nothing is sent then.
   */
  async rollBack(preview: RollbackPreview, consent: Consent = {}): Promise<WriteOutcome> {
    this.checklist.refuseWhenEnded();
    return this.#writes.write(preview, consent, async () => {
      // What is seen from here on is of another rollback: the old watching must not end the new one.
      this.#forgetWhatGoesOn();
      await this.#writeIssueDown();
      const { from, to, command } = preview;
      const by = this.#user;
      const refs = { from: refOf(from), to: refOf(to) };
      await this.run.recordFirst({ kind: 'rollbackConfirmed', ...refs, by, command }, 'writeEnded');
    });
  }

  /** As `rollBack`, for the other operations. */
  async operate(preview: OperationPreview, consent: Consent = {}): Promise<WriteOutcome> {
    const { operation, command } = preview;
    return this.#writes.write(preview, consent, () => {
      this.#watching.forgetOperation();
      return this.run.recordFirst(
        { kind: 'operationConfirmed', operation, by: this.#user, command },
        'operationEnded',
      );
    });
  }

  /** Follows the rollback's rollout to its end; aborting `signal` only stops the watching. */
  follow(signal?: AbortSignal): Promise<RolloutEnd> {
    return this.#watching.follow(signal);
  }

  /** Follows what the last operation has set going to its end; aborting `signal` only stops the watching. */
  followOperation(signal?: AbortSignal): Promise<RolloutEnd> {
    return this.#watching.followOperation(signal);
  }

  stopWatching(): void {
    this.#watching.stop();
    this.#steps.stop();
  }

  get isVerifying(): boolean {
    return this.#steps.isRunning(...checkIds);
  }

  /** Carries all checks out, from anew: the pods first. */
  verify(signal?: AbortSignal): Promise<void> {
    return this.#steps.begin(checkIds, signal);
  }

  /** What was seen of a revision while it was watched. */
  verdict(replicaSet: Parameters<RunbookSettings['verdict']>[0]): RevisionVerdict {
    return this.#settings.verdict(replicaSet);
  }

  /** Writes down how far a task of the clean-up is. */
  changeTask(task: TaskId, state: TaskState): Promise<void> {
    return this.run.record({ kind: 'taskChanged', task, by: this.#user, ...state });
  }

  /**
   * Ends the run with a person's word: all nine items hold now, or are answered for. It looks for itself, so that nobody signs
   * what was seen earlier. Throws SignOffRefused with the names of the items that are missing.
   */
  async signOff(note: string, signal?: AbortSignal): Promise<void> {
    this.checklist.refuseWhenEnded();
    await this.checklist.refuseWhileMissing(signal);
    await this.#end({ kind: 'signedOff', by: this.#user, note });
  }

  /** Ends the run without a sign-off, so that another one can begin. Refused while something is written. */
  close(reason: string): Promise<void> {
    return this.#end({ kind: 'closed', by: this.#user, reason });
  }

  /** Writes down that the run goes to somebody else, at another machine: nothing goes on in it here. */
  handOver(to: string, note: string): Promise<void> {
    return this.#end({ kind: 'handedOver', by: this.#user, to, note });
  }

  async #end(end: Happening): Promise<void> {
    this.#writes.refuseWhileWriting();
    this.dispose();
    await this.run.record(end);
  }

  /** Resolves when nothing is being written to the cluster, and all that happened is on the disk. */
  async settled(): Promise<void> {
    await this.#writes.idle();
    await this.run.settled();
  }

  /** Ends all that goes on without a word in the run, so that it can be gone on with. Nothing can be written after. */
  dispose(): void {
    this.#writes.forget();
    this.#forgetWhatGoesOn();
  }

  get #kubectlPlace(): KubectlPlace {
    return { context: this.run.state.target.context, kubeconfig: this.#settings.kubeconfig() };
  }

  get #name(): DeploymentName {
    const { namespace, name } = this.run.state.target;
    return { namespace, name };
  }

  #forgetWhatGoesOn(): void {
    this.#watching.forget();
    this.#steps.dispose();
  }

  /** What was wrong, before it is mended: later nothing shows it any more. */
  async #writeIssueDown(): Promise<void> {
    const { target, issue, rollback } = this.run.state;
    const records = this.connection.store.find(target.namespace, target.name);
    if (records === undefined) return;
    const health = healthOf(records);
    const anew = issue === undefined || (rollback?.end !== undefined && historyOf(records).length > 0);
    if (health.state === 'degraded' && anew)
      await this.run.record({ kind: 'issueSeen', words: health.words, since: health.since });
  }
}

function refOf({ revision, replicaSetUid, replicaSetName, version }: RevisionRef): RevisionRef {
  return { revision, replicaSetUid, replicaSetName, version };
}
