import type { Connection } from '../cluster/connections.ts';
import type { RevisionVerdict } from '../domain/rollout/known-good.ts';
import type { Consent } from '../domain/runbook/consent.ts';
import { checkIds } from '../domain/runbook/checks.ts';
import type { ChecklistItem } from '../domain/runbook/checklist.ts';
import type { RolloutEnd, SeenGood } from '../domain/runbook/events.ts';
import { isOperating, type RollbackState } from '../domain/runbook/state.ts';
import { type StepId, stepIds } from '../domain/runbook/steps.ts';
import type { TaskId, TaskState } from '../domain/runbook/tasks.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import { ChecklistRecorder } from './checklist-recorder.ts';
import { EndpointWatch } from './endpoint-watch.ts';
import { lookAtPresent } from './look-at-present.ts';
import { missedOutcome } from './missed-outcome.ts';
import type { OperationPreview } from './prepare-operation.ts';
import type { Preparation, RollbackPreview } from './prepare-rollback.ts';
import { RolloutWatching } from './rollout-watching.ts';
import type { Happening, Run } from './run.ts';
import { RunChecklist } from './run-checklist.ts';
import { RunSteps } from './run-steps.ts';
import { RunWrites } from './run-writes.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import { stepHandlers } from './steps/table.ts';
import type { Prepared } from './write-preview.ts';

/** Carries the runbook of one deployment out: whatever is done is an event of its run. */
export class Runbook {
  readonly run: Run;
  readonly connection: Connection;
  /** What the deployment's addresses answer, asked while a panel or the run wants it. */
  readonly endpoints: EndpointWatch;
  readonly #recorder: ChecklistRecorder;
  /** What is seen of the nine items now, and what people say of them. */
  readonly checklist: RunChecklist;
  readonly #settings: RunbookSettings;
  readonly #user: string;
  readonly #writes: RunWrites;
  readonly #watching: RolloutWatching;
  readonly #steps: RunSteps;

  constructor(run: Run, connection: Connection, settings: RunbookSettings, user: string, clock: Clock) {
    this.run = run;
    this.connection = connection;
    this.#settings = settings;
    this.#user = user;
    const { store } = connection;
    this.endpoints = new EndpointWatch(clock, () => settings.endpoints());
    // What an ended run says stays as it is.
    if (run.state.end !== undefined) this.endpoints.dispose();
    const figures = () => settings.figures();
    this.#recorder = new ChecklistRecorder(run, { store, clock, endpoints: this.endpoints, figures });
    this.#watching = new RolloutWatching(run, connection, settings, clock);
    this.checklist = new RunChecklist(run, user, (signal) =>
      lookAtPresent({ store, settings, clock }, run.state, signal),
    );
    this.#steps = new RunSteps(run, { connection, settings, clock }, stepHandlers);
    const { checklist } = this;
    const [watching, steps] = [this.#watching, this.#steps];
    this.#writes = new RunWrites({ run, connection, settings, user, clock, watching, steps, checklist });
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
    if (this.run.state.end === undefined) await this.follow();
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
    this.#recorder.begin();
  }

  /** Told of each item that was ticked and, once the rollback is complete, does not hold any more. */
  onDidUntick(listener: (item: ChecklistItem) => void): Ending {
    return this.#recorder.onDidUntick(listener);
  }

  /** Begins a step that only looks once more. Refused where the run has ended. */
  async retry(step: StepId, signal?: AbortSignal): Promise<void> {
    this.checklist.refuseWhenEnded();
    return this.#steps.begin([step], signal);
  }

  /** Leaves a step that only looks out; the reason stays in the run. Refused where the run has ended. */
  async skip(step: StepId, reason: string): Promise<void> {
    this.checklist.refuseWhenEnded();
    return this.#steps.skip(step, this.#user, reason);
  }

  /** As `RunWrites.prepare`. */
  prepare(...asked: Parameters<RunWrites['prepare']>): Promise<Preparation> {
    return this.#writes.prepare(...asked);
  }

  /** As `RunWrites.prepareOperation`. */
  prepareOperation(...asked: Parameters<RunWrites['prepareOperation']>): Promise<Prepared<OperationPreview>> {
    return this.#writes.prepareOperation(...asked);
  }

  /** As `RunWrites.rollBack`: the one way to write a confirmed rollback. */
  rollBack(preview: RollbackPreview, consent: Consent = {}): Promise<WriteOutcome> {
    return this.#writes.rollBack(preview, consent);
  }

  /** As `rollBack`, for the other operations. */
  operate(preview: OperationPreview, consent: Consent = {}): Promise<WriteOutcome> {
    return this.#writes.operate(preview, consent);
  }

  /** Follows the rollback's rollout to its end; aborting `signal` only stops the watching. Refused where the run has ended. */
  async follow(signal?: AbortSignal): Promise<RolloutEnd> {
    this.checklist.refuseWhenEnded();
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

  /** Carries all checks out, from anew: the pods first. Refused where the run has ended. */
  async verify(signal?: AbortSignal): Promise<void> {
    this.checklist.refuseWhenEnded();
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
    const seen = await this.checklist.seenForSignOff(signal);
    // Looking takes a while: the run may have come to another end meanwhile.
    this.checklist.refuseWhenEnded();
    await this.#end(...seen, { kind: 'signedOff', by: this.#user, note });
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
    const { namespace, name } = this.run.state.target;
    const { replicaSets = [] } = this.connection.store.find(namespace, name) ?? {};
    return replicaSets.flatMap(({ uid, templateHash }) => {
      const verdict = this.#settings.verdict({ uid, templateHash });
      if (verdict.kind !== 'good') return [];
      return [{ replicaSetUid: uid, templateHash, at: new Date(verdict.lastSeen).toISOString() }];
    });
  }

  async #end(...last: readonly Happening[]): Promise<void> {
    this.#writes.refuseWhileWriting();
    this.dispose();
    // All at once: nothing may begin between.
    await Promise.all(last.map((happening) => this.run.record(happening)));
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
    this.#recorder.dispose();
    this.endpoints.dispose();
  }

  #forgetWhatGoesOn(): void {
    this.#watching.forget();
    this.#steps.dispose();
  }
}
