import { ApiError } from '../cluster/api-error.ts';
import type { Connection } from '../cluster/connections.ts';
import { permissionWords, reviewPermissions, rollbackPermissions } from '../cluster/permissions.ts';
import { WriteGateway } from '../cluster/writes.ts';
import { healthOf } from '../domain/rollout/health.ts';
import { historyOf } from '../domain/rollout/history.ts';
import { checkIds, type SignableItem } from '../domain/runbook/checks.ts';
import type { RevisionRef, RolloutEnd } from '../domain/runbook/events.ts';
import { isWritten } from '../domain/runbook/state.ts';
import type { WriteOutcome } from '../domain/runbook/write.ts';
import type { Clock } from '../ports/clock.ts';
import type { Endpoints } from './endpoints.ts';
import { followRollout } from './follow-rollout.ts';
import { missedOutcome } from './missed-outcome.ts';
import { prepareRollback, type Preparation, type RollbackPreview } from './prepare-rollback.ts';
import type { Run } from './run.ts';
import { verify } from './verify.ts';

export interface RunbookSettings {
  endpoints(): Endpoints;
  /** How long pods may take to become ready, in ms. */
  readyWithinMs(): number;
}

/** How far back logs are read where nothing was rolled back, in ms. */
const logsWithoutRollbackMs = 5 * 60_000;

const beingWritten = 'Another rollback of this deployment is being written just now.';
const outdated =
  'Another rollback of this deployment was prepared or written since this preview, or the connection was renewed.';

/** Carries the runbook of one deployment out: whatever is done is an event of its run. */
export class Runbook {
  readonly run: Run;
  readonly connection: Connection;
  readonly #settings: RunbookSettings;
  readonly #user: string;
  readonly #clock: Clock;
  readonly #gateway: WriteGateway;
  #watching: AbortController | undefined;
  #verifying: AbortController | undefined;
  /** The only preview that may be written, once. */
  #newest: RollbackPreview | undefined;
  #writing = false;

  constructor(run: Run, connection: Connection, settings: RunbookSettings, user: string, clock: Clock) {
    this.run = run;
    this.connection = connection;
    this.#settings = settings;
    this.#user = user;
    this.#clock = clock;
    this.#gateway = new WriteGateway(connection.api, connection.writer, run.writeJournal(), clock);
  }

  /** Goes on after a reload or crash: what was cut off is looked at in the cluster, never repeated. */
  async resume(): Promise<void> {
    const { rollback, verification } = this.run.state;
    if (verification !== undefined && verification.endedAt === undefined)
      await this.run.record({ kind: 'verificationEnded', stopped: true });
    if (rollback === undefined || rollback.end !== undefined || rollback.outcome?.kind === 'notApplied')
      return;
    if (rollback.intent === undefined) {
      const message = 'The window was closed before anything was sent.';
      return this.run.record({ kind: 'writeEnded', outcome: { kind: 'notApplied', message } });
    }
    if (rollback.outcome === undefined) {
      const outcome = await missedOutcome(this.connection.api, rollback.intent);
      await this.run.record({ kind: 'writeEnded', outcome });
      if (outcome.kind === 'notApplied') return;
    }
    await this.follow();
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

  /** Reads, decides and dry-runs; writes nothing. 0 is the previous revision. Throws ApiError. */
  async prepare(toRevision: number, signal?: AbortSignal): Promise<Preparation> {
    const { context, namespace, name } = this.run.state.target;
    if (this.#writing) return { kind: 'refused', message: beingWritten, hint: 'Wait for its answer.' };
    const preparation = await prepareRollback(
      this.connection.api,
      this.#gateway,
      context,
      { namespace, name },
      toRevision,
      signal,
    );
    if (preparation.kind === 'ready') this.#newest = preparation.preview;
    return preparation;
  }

  /**
   * Writes the confirmed rollback, once: a preview that was written before or is not the newest is not applied. Throws
   * where its intent cannot be stored: nothing is sent then.
   */
  async rollBack(preview: RollbackPreview): Promise<WriteOutcome> {
    if (this.#writing) return { kind: 'notApplied', message: beingWritten };
    if (preview !== this.#newest) return { kind: 'notApplied', message: outdated };
    this.#newest = undefined;
    this.#writing = true;
    try {
      return await this.#write(preview);
    } finally {
      this.#writing = false;
    }
  }

  async #write(preview: RollbackPreview): Promise<WriteOutcome> {
    // What is seen from here on is of another rollback: the old watching must not end the new one.
    this.#forgetWhatGoesOn();
    await this.#writeIssueDown();
    const { from, to, command } = preview;
    await this.run.record({
      kind: 'rollbackConfirmed',
      from: refOf(from),
      to: refOf(to),
      by: this.#user,
      command,
    });
    return this.#gateway.apply(preview.write);
  }

  /** Follows the rollback's rollout to its end; aborting `signal` only stops the watching. */
  async follow(signal?: AbortSignal): Promise<RolloutEnd> {
    const { rollback, target } = this.run.state;
    if (rollback === undefined) throw new Error('There is no rollback to follow.');
    this.#watching?.abort();
    const own = (this.#watching = new AbortController());
    const end = await followRollout(
      this.connection.api,
      this.#clock,
      {
        name: target,
        uid: rollback.intent?.uid ?? '',
        replicaSetUid: rollback.to.replicaSetUid,
        replicaSetName: rollback.to.replicaSetName,
        since: rollback.outcomeAt ?? rollback.confirmedAt,
      },
      (message) => this.run.note({ kind: 'rolloutProgressed', message }),
      signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]),
    );
    if (this.#watching === own) await this.run.record({ kind: 'rolloutEnded', end });
    return end;
  }

  stopWatching(): void {
    this.#watching?.abort();
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
    if (this.#writing) throw new Error(beingWritten);
    this.#newest = undefined;
    this.#forgetWhatGoesOn();
    await this.run.record({ kind: 'opened', target: this.run.state.target });
  }

  /** Ends all that goes on without a word in the run, so that it can be gone on with. Nothing can be written after. */
  dispose(): void {
    this.#newest = undefined;
    this.#forgetWhatGoesOn();
  }

  #forgetWhatGoesOn(): void {
    this.stopWatching();
    this.#watching = undefined;
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
