import type { Connection } from '../cluster/connections.ts';
import { isOperated } from '../domain/rollout/operations.ts';
import { stuckWords } from '../domain/rollout/stuck-pods.ts';
import type { Advice } from '../domain/runbook/checks.ts';
import type { RolloutEnd } from '../domain/runbook/events.ts';
import type { Clock } from '../ports/clock.ts';
import { type FollowedRollout, followRollout } from './follow-rollout.ts';
import type { Run } from './run.ts';
import type { RunbookSettings } from './runbook-settings.ts';
import { troubleshoot } from './troubleshooting.ts';

type Following = [rollout: FollowedRollout, onMessage: (message: string) => void, signal: AbortSignal];

/** Follows what was written to its end, in the run's events. */
export class RolloutWatching {
  readonly #run: Run;
  readonly #connection: Connection;
  readonly #settings: Pick<RunbookSettings, 'verdict'>;
  readonly #clock: Clock;
  #rollback: AbortController | undefined;
  #operation: AbortController | undefined;

  constructor(run: Run, connection: Connection, settings: Pick<RunbookSettings, 'verdict'>, clock: Clock) {
    this.#run = run;
    this.#connection = connection;
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Follows the rollback's rollout to its end; aborting `signal` only stops the watching. */
  async follow(signal?: AbortSignal): Promise<RolloutEnd> {
    const { rollback, target } = this.#run.state;
    if (rollback === undefined) throw new Error('There is no rollback to follow.');
    this.#rollback?.abort();
    const own = (this.#rollback = new AbortController());
    const { replicaSetUid: uid, replicaSetName: name } = rollback.to;
    const written = { uid: rollback.intent?.uid ?? '', since: rollback.outcomeAt ?? rollback.confirmedAt };
    const unsure = rollback.outcome?.kind === 'unknown';
    const end = await this.#followed(
      { ...written, name: target, aim: { uid, name }, unsure },
      (message) => this.#run.note({ kind: 'rolloutProgressed', message }),
      signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]),
    );
    if (this.#rollback === own) await this.#run.record({ kind: 'rolloutEnded', end });
    return end;
  }

  /** Follows what the last operation has set going to its end; aborting `signal` only stops the watching. */
  async followOperation(signal?: AbortSignal): Promise<RolloutEnd> {
    const { operation, target } = this.#run.state;
    if (operation?.intent === undefined) throw new Error('There is no operation to follow.');
    const { intent } = operation;
    this.#operation?.abort();
    const own = (this.#operation = new AbortController());
    const written = { uid: intent.uid, since: operation.outcomeAt ?? operation.confirmedAt };
    const end = await this.#followed(
      { ...written, name: target, aim: { isStill: (deployment) => isOperated(deployment, intent) } },
      (message) => this.#run.note({ kind: 'operationProgressed', message }),
      signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]),
    );
    if (this.#operation === own) await this.#run.record({ kind: 'operationFollowed', end });
    return end;
  }

  /** Ends the watching, which the run tells. */
  stop(): void {
    this.#rollback?.abort();
    this.#operation?.abort();
  }

  /** Ends that of an operation without a word in the run: another takes its place there. */
  forgetOperation(): void {
    this.#operation?.abort();
    this.#operation = undefined;
  }

  /** Ends the watching without a word in the run. */
  forget(): void {
    this.stop();
    this.#rollback = undefined;
    this.#operation = undefined;
  }

  /** As `followRollout`; a failed end says what keeps the pods from becoming ready, and what to do next. */
  async #followed(...[rollout, onMessage, signal]: Following): Promise<RolloutEnd> {
    const { api, store } = this.#connection;
    const end = await followRollout(api, this.#clock, rollout, onMessage, signal);
    const { namespace, name } = rollout.name;
    const records = end.kind === 'failed' ? store.find(namespace, name) : undefined;
    if (records === undefined) return end;
    const cause = stuckWords(records, 'uid' in rollout.aim ? rollout.aim.uid : undefined);
    const advice = await this.#advice(signal);
    return {
      ...end,
      ...(cause === '' ? {} : { message: `${end.message}: ${cause}` }),
      ...(advice.length === 0 ? {} : { advice }),
    };
  }

  async #advice(signal: AbortSignal): Promise<readonly Advice[]> {
    const place = { connection: this.#connection, settings: this.#settings, run: this.#run.state };
    try {
      return await troubleshoot(place, signal);
    } catch (error) {
      // Stopped meanwhile: that the rollout has failed is known all the same.
      if (signal.aborted) return [];
      throw error;
    }
  }
}
