import type { DeploymentName } from '../cluster/reads/deployments.ts';
import type { Connection } from '../cluster/connections.ts';
import { WriteGateway } from '../cluster/writes/writes.ts';
import { healthOf } from '../domain/rollout/health.ts';
import type { OperationRequest } from '../domain/rollout/operations.ts';
import { historyOf } from '../domain/rollout/history.ts';
import type { TemplateChange } from '../domain/rollout/template-difference.ts';
import type { Consent } from '../domain/runbook/consent.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import { checkIds } from '../domain/runbook/checks.ts';
import type { ChecklistItem } from '../domain/runbook/checklist.ts';
import type { ItemId, SignableItem } from '../domain/runbook/checklist-items.ts';
import type { RecordedChange, RevisionRef, RolloutEnd, SeenGood } from '../domain/runbook/events.ts';
import { isOperating, type RollbackState } from '../domain/runbook/state.ts';
import { type StepId, stepIds } from '../domain/runbook/steps.ts';
import type { TaskId, TaskState } from '../domain/runbook/tasks.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { ChecklistRecorder } from './checklist-recorder.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { missedOutcome } from './missed-outcome.ts';
import { GuardedWrites } from './guarded-writes.ts';
import { type OperationPreview, prepareOperation } from './prepare-operation.ts';
import { prepareRollback, type Preparation, type RollbackPreview } from './prepare-rollback.ts';
import { RolloutWatching } from './rollout-watching.ts';
import type { Happening, Run } from './run.ts';
import { RunSteps } from './run-steps.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import { stepHandlers } from './steps/table.ts';
import type { Prepared } from './write-preview.ts';

/** How long a confirmed rollback waits for the failing pods' logs to be kept, in ms. */
const captureFirstMs = 2_000;

/** Carries the runbook of one deployment out: whatever is done is an event of its run. */
export class Runbook {
  readonly run: Run;
  readonly connection: Connection;
  /** What the deployment's addresses answer, asked while a panel or the run wants it. */
  readonly endpoints: EndpointWatch;
  readonly #checklist: ChecklistRecorder;
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
    const { api, writer, store } = connection;
    this.endpoints = new EndpointWatch(clock, () => settings.endpoints());
    const figures = () => settings.figures();
    this.#checklist = new ChecklistRecorder(run, { store, clock, endpoints: this.endpoints, figures });
    this.#writes = new GuardedWrites(new WriteGateway(api, writer, run.writeJournal(), clock), settings);
    this.#watching = new RolloutWatching(run, connection, settings, clock);
    this.#steps = new RunSteps(run, { connection, settings, clock }, stepHandlers);
  }

  /** The folder of what is kept beside the run's journal, such as captured logs. It need not exist. */
  get attachments(): string {
    return this.#settings.attachments;
  }

  /** Goes on after a reload or crash: what was cut off is looked at in the cluster, never repeated. */
  async resume(): Promise<void> {
    const { rollback, steps, operation, end } = this.run.state;
    for (const step of stepIds)
      if (steps[step]?.state === 'running') await this.run.record({ kind: 'stepStopped', step });
    // Pods that are ending can still be read; before the rollback it is begun with the other steps.
    if (steps.capture?.state === 'running' && rollback !== undefined && end === undefined)
      void this.#steps.begin(['capture']);
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
    this.recordChecklist();
  }

  /** From now on each change of an item of the checklist is written down, once a rollback is written. */
  recordChecklist(): void {
    this.#checklist.begin();
  }

  /** Told of each item that was ticked and, once the rollback is complete, does not hold any more. */
  onDidUntick(listener: (item: ChecklistItem) => void): Ending {
    return this.#checklist.onDidUntick(listener);
  }

  /** Begins a step that only looks once more. */
  retry(step: StepId, signal?: AbortSignal): Promise<void> {
    return this.#steps.begin([step], signal);
  }

  /** Leaves a step that only looks out; the reason stays in the run. */
  skip(step: StepId, reason: string): Promise<void> {
    return this.#steps.skip(step, this.#user, reason);
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
    const { api, writer } = this.connection;
    const verdict: RunbookSettings['verdict'] = (replicaSet) => this.#settings.verdict(replicaSet);
    const place = { api, writer, ...this.#kubectlPlace, name: this.#name, verdict };
    const request = { toRevision, note, replicaSet };
    return this.#writes.prepare((gateway) => prepareRollback(place, gateway, request, signal));
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
    return this.#writes.write(preview, consent, async () => {
      // What is seen from here on is of another rollback: the old watching must not end the new one.
      this.#watching.forget();
      await this.#writeIssueDown();
      const { from, to, command } = preview;
      const by = this.#user;
      const refs = { from: refOf(from), to: refOf(to) };
      const changes = preview.changes.map(recorded);
      // The run counts as rolled back from this call on; what steps looked at until then was of another template.
      const stored = this.run.recordFirst(
        { kind: 'rollbackConfirmed', ...refs, by, command, changes },
        'writeEnded',
      );
      const looked = this.#steps.forget();
      await stored;
      await this.#captureFirst(looked);
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
    // What is kept of pods that are about to go is kept all the same.
    this.#steps.stop(stepIds.filter((step) => step !== 'capture'));
  }

  get isVerifying(): boolean {
    return this.#steps.isRunning(...checkIds);
  }

  /** Carries all checks out, from anew: the pods first. */
  verify(signal?: AbortSignal): Promise<void> {
    return this.#steps.begin(checkIds, signal);
  }

  /** A person's word for an item that nothing else can tell. */
  sign(item: SignableItem, note: string): Promise<void> {
    return this.run.record({ kind: 'signed', item, by: this.#user, note });
  }

  /** A person answers for an item that its evidence does not tick. */
  override(item: ItemId, note: string): Promise<void> {
    return this.run.record({ kind: 'itemOverridden', item, by: this.#user, note });
  }

  withdrawOverride(item: ItemId): Promise<void> {
    return this.run.record({ kind: 'overrideWithdrawn', item, by: this.#user });
  }

  /** Writes down how far a task of the clean-up is. */
  changeTask(task: TaskId, state: TaskState): Promise<void> {
    return this.run.record({ kind: 'taskChanged', task, by: this.#user, ...state });
  }

  /** Ends the run without a sign-off, so that another one can begin. Refused while something is written. */
  close(reason: string): Promise<void> {
    return this.#end({ kind: 'closed', by: this.#user, reason });
  }

  /** Writes down that the run goes to somebody else, at another machine: nothing goes on in it here. */
  handOver(to: string, note: string): Promise<void> {
    return this.#end({ kind: 'handedOver', by: this.#user, to, note, knownGood: this.#knownGood() });
  }

  /** What is known good of the deployment's revisions. */
  #knownGood(): readonly SeenGood[] {
    const { namespace, name } = this.#name;
    const { replicaSets = [] } = this.connection.store.find(namespace, name) ?? {};
    return replicaSets.flatMap(({ uid, templateHash }) => {
      const verdict = this.#settings.verdict({ uid, templateHash });
      if (verdict.kind !== 'good') return [];
      return [{ replicaSetUid: uid, templateHash, at: new Date(verdict.lastSeen).toISOString() }];
    });
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
    this.#checklist.dispose();
    this.endpoints.dispose();
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

  /**
   * Keeps the failing pods' last lines once more, up to now. The write waits a moment for it; then it goes on beside the
   * rollout, since pods that are ending can still be read.
   */
  async #captureFirst(looked: Promise<unknown>): Promise<void> {
    const { target, steps } = this.run.state;
    if (steps.capture?.state === 'skipped') return;
    const captured = looked.then(() => this.#steps.begin(['capture']));
    // Where no pod is known there is nothing to wait for.
    if ((this.connection.store.find(target.namespace, target.name)?.pods ?? []).length === 0) return;
    const enough = new AbortController();
    await Promise.race([captured, this.#clock.sleep(captureFirstMs, enough.signal)]);
    enough.abort();
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

function recorded({ path, from, to, words }: TemplateChange): RecordedChange {
  return { path, words, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
