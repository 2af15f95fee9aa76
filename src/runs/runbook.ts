import { ApiError } from '../cluster/errors/api-error.ts';
import type { DeploymentName } from '../cluster/reads/deployments.ts';
import type { Connection } from '../cluster/connections.ts';
import { permissionWords, reviewPermissions, rollbackPermissions } from '../cluster/permissions.ts';
import { WriteGateway } from '../cluster/writes/writes.ts';
import { healthOf } from '../domain/rollout/health.ts';
import { isOperated, type OperationRequest } from '../domain/rollout/operations.ts';
import { historyOf } from '../domain/rollout/history.ts';
import { stuckWords } from '../domain/rollout/stuck-pods.ts';
import type { Consent } from '../domain/runbook/consent.ts';
import { checkIds, type SignableItem } from '../domain/runbook/checks.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import type { RevisionRef, RolloutEnd } from '../domain/runbook/events.ts';
import { isWritten } from '../domain/runbook/state.ts';
import type { WriteIntent, WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock } from '../ports/clock.ts';
import type { Endpoints } from './endpoints.ts';
import { type FollowedRollout, followRollout } from './follow-rollout.ts';
import { missedOutcome } from './missed-outcome.ts';
import { GuardedWrites, type WriteGuards } from './guarded-writes.ts';
import { type OperationPreview, prepareOperation } from './prepare-operation.ts';
import {
  prepareRollback,
  type Preparation,
  type RollbackPlace,
  type RollbackPreview,
} from './prepare-rollback.ts';
import type { Run } from './run.ts';
import type { Prepared } from './write-preview.ts';
import { verify } from './verify.ts';

export interface RunbookSettings extends WriteGuards, Pick<RollbackPlace, 'verdict'> {
  endpoints(): Endpoints;
  /** How long pods may take to become ready, in ms. */
  readyWithinMs(): number;
  /** The kubeconfig file that a copied command must name; undefined where kubectl finds it by itself. */
  kubeconfig(): string | undefined;
}

type Following = [rollout: FollowedRollout, onMessage: (message: string) => void, signal: AbortSignal];

/** How far back logs are read where nothing was rolled back, in ms. */
const logsWithoutRollbackMs = 5 * 60_000;

/** Carries the runbook of one deployment out: whatever is done is an event of its run. */
export class Runbook {
  readonly run: Run;
  readonly connection: Connection;
  readonly #settings: RunbookSettings;
  readonly #user: string;
  readonly #clock: Clock;
  readonly #writes: GuardedWrites;
  #watching: AbortController | undefined;
  #operating: AbortController | undefined;
  #verifying: AbortController | undefined;

  constructor(run: Run, connection: Connection, settings: RunbookSettings, user: string, clock: Clock) {
    this.run = run;
    this.connection = connection;
    this.#settings = settings;
    this.#user = user;
    this.#clock = clock;
    const { api, writer } = connection;
    this.#writes = new GuardedWrites(new WriteGateway(api, writer, run.writeJournal(), clock), settings);
  }

  /** Goes on after a reload or crash: what was cut off is looked at in the cluster, never repeated. */
  async resume(): Promise<void> {
    const { rollback, verification, operation } = this.run.state;
    if (verification !== undefined && verification.endedAt === undefined)
      await this.run.record({ kind: 'verificationEnded', stopped: true });
    if (operation !== undefined && operation.outcome === undefined)
      await this.run.record({ kind: 'operationEnded', outcome: await this.#missed(operation.intent) });
    if (rollback === undefined || rollback.end !== undefined || rollback.outcome?.kind === 'notApplied')
      return;
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

  /** Asks for every permission that a rollback needs and writes down the answers, and the issue, as they are now. */
  async checkPrerequisites(signal?: AbortSignal): Promise<void> {
    await this.#writeIssueDown();
    const { namespace } = this.run.state.target;
    try {
      const answers = await reviewPermissions(this.connection.writer, namespace, rollbackPermissions, signal);
      await this.run.record({
        kind: 'permissionsSeen',
        answers: answers.map(({ permission, allowed, reason }) => ({
          words: permissionWords(permission),
          allowed,
          reason,
        })),
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await this.run.record({ kind: 'permissionsUnknown', message: `${error.message} ${error.hint}` });
    }
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
    return this.#writes.write(preview, consent, () =>
      this.run.recordFirst(
        { kind: 'operationConfirmed', operation, by: this.#user, command },
        'operationEnded',
      ),
    );
  }

  /** Follows the rollback's rollout to its end; aborting `signal` only stops the watching. */
  async follow(signal?: AbortSignal): Promise<RolloutEnd> {
    const { rollback } = this.run.state;
    if (rollback === undefined) throw new Error('There is no rollback to follow.');
    this.#watching?.abort();
    const own = (this.#watching = new AbortController());
    const { replicaSetUid: uid, replicaSetName: name } = rollback.to;
    const written = { uid: rollback.intent?.uid ?? '', since: rollback.outcomeAt ?? rollback.confirmedAt };
    const unsure = rollback.outcome?.kind === 'unknown';
    const end = await this.#followed(
      { ...written, name: this.#name, aim: { uid, name }, unsure },
      (message) => this.run.note({ kind: 'rolloutProgressed', message }),
      signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]),
    );
    if (this.#watching === own) await this.run.record({ kind: 'rolloutEnded', end });
    return end;
  }

  /** Follows what the last operation has set going to its end; aborting `signal` only stops the watching. */
  async followOperation(signal: AbortSignal): Promise<RolloutEnd> {
    const { operation } = this.run.state;
    if (operation?.intent === undefined) throw new Error('There is no operation to follow.');
    const { intent } = operation;
    const own = (this.#operating = new AbortController());
    const written = { uid: intent.uid, since: operation.outcomeAt ?? operation.confirmedAt };
    const end = await this.#followed(
      { ...written, name: this.#name, aim: { isStill: (deployment) => isOperated(deployment, intent) } },
      (message) => this.run.note({ kind: 'operationProgressed', message }),
      AbortSignal.any([own.signal, signal]),
    );
    if (this.#operating === own) await this.run.record({ kind: 'operationFollowed', end });
    return end;
  }

  /** As `followRollout`; a failed end says what keeps the pods from becoming ready. */
  async #followed(...[rollout, onMessage, signal]: Following): Promise<RolloutEnd> {
    const { api, store } = this.connection;
    const end = await followRollout(api, this.#clock, rollout, onMessage, signal);
    const { namespace, name } = rollout.name;
    const records = end.kind === 'failed' ? store.find(namespace, name) : undefined;
    if (records === undefined) return end;
    const cause = stuckWords(records, 'uid' in rollout.aim ? rollout.aim.uid : undefined);
    return cause === '' ? end : { ...end, message: `${end.message}: ${cause}` };
  }

  stopWatching(): void {
    this.#watching?.abort();
    this.#operating?.abort();
    this.#verifying?.abort();
  }

  get isVerifying(): boolean {
    return this.#verifying !== undefined;
  }

  /** Carries all checks out, from anew. */
  async verify(signal?: AbortSignal): Promise<void> {
    this.#verifying?.abort();
    const own = (this.#verifying = new AbortController());
    const stop = signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]);
    const { rollback, target } = this.run.state;
    const wanted = isWritten(rollback) ? rollback?.to : undefined;
    await this.run.record({ kind: 'verificationStarted', checks: checkIds });
    try {
      await verify(
        {
          api: this.connection.api,
          store: this.connection.store,
          clock: this.#clock,
          target,
          endpoints: this.#settings.endpoints(),
          readyWithinMs: this.#settings.readyWithinMs(),
          wanted,
          logsSince: rollback?.outcomeAt ?? new Date(this.#clock.now() - logsWithoutRollbackMs).toISOString(),
          onCheck: (check, result) => this.run.note({ kind: 'checkSeen', check, result }),
        },
        stop,
      );
    } finally {
      // Where another verification has begun meanwhile, its beginning ended this one.
      if (this.#verifying === own) {
        this.#verifying = undefined;
        await this.run.record({ kind: 'verificationEnded', stopped: stop.aborted });
      }
    }
  }

  /** A person's word for an item that nothing else can tell. */
  sign(item: SignableItem, note: string): Promise<void> {
    return this.run.record({ kind: 'signed', item, by: this.#user, note });
  }

  /** Begins another run for the same deployment; what was before stays in the journal. Refused while something is written. */
  async beginAnew(): Promise<void> {
    this.#writes.refuseWhileWriting();
    this.#writes.forget();
    this.#forgetWhatGoesOn();
    await this.run.record({ kind: 'opened', target: this.run.state.target });
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
    this.stopWatching();
    this.#watching = undefined;
    this.#operating = undefined;
    this.#verifying = undefined;
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
