import type { CheckResult, Seen, StepMemory } from '../../domain/runbook/checks.ts';
import { rememberedPods, timeLeft, watchFindings } from '../../domain/runbook/rollback-watch.ts';
import type { RollbackState } from '../../domain/runbook/state.ts';
import { notComparable, rollbackTimes } from './look-at-figures.ts';
import { notSeen, seen, type StepHandler, type StepPlace } from './step-handler.ts';
import { type MissedErrors, missedErrors, watchedErrors } from './watch-errors.ts';
import { foundResult } from './watch-result.ts';
import { whenLive } from './when-live.ts';

const minuteMs = 60_000;
/** The clocks of nodes and of this machine may differ by so much, in ms. */
const clockToleranceMs = 2_000;
/** How long a cluster that cannot be seen at the end is waited for, in ms. */
const patienceMs = 5 * minuteMs;

/**
 * Watches from the completed rollback on for what must not come back. What it finds ends it as failed; nothing in all the time
 * is good. Begun again after a reload it goes on from the same time, with what it remembered of the pods; tried again by a
 * person, it begins with what is now.
 */
export const watch: StepHandler = async (place, see, signal) => {
  const times = rollbackTimes(place);
  const { rollback, steps, memories } = place.run;
  if (times === undefined || rollback === undefined) return notComparable(place);
  const again = (steps.watch?.attempts ?? 1) > 1;
  const kept = again ? undefined : memories.watch;
  const since = again ? place.clock.now() : kept === undefined ? times.since : Date.parse(kept.since);
  while (!(await whenLive(place.connection.store, place.clock, signal))) {
    if (signal.aborted || place.clock.now() > since + place.settings.watchMs() + patienceMs)
      return notSeen(place);
    see({ state: 'running', summary: 'waiting for the cluster', evidence: [] });
  }
  const watched = new Watch(place, rollback, since, kept, see);
  // Of the time in which nobody counted, the logs tell.
  const behind = place.clock.now() - since >= minuteMs && !watchedErrors(place, since).isCounted;
  return watched.toTheEnd(behind ? await missedErrors(place, since, signal) : nothingMissed, signal);
};

const nothingMissed: MissedErrors = { evidence: [] };

class Watch {
  readonly #place: StepPlace;
  readonly #rollback: RollbackState;
  readonly #since: number;
  readonly #times: { readonly since: string; readonly surelyAfter: string };
  readonly #until: number;
  readonly #see: (soFar: CheckResult) => void;
  #memory: StepMemory | undefined;
  #shown = '';

  constructor(
    place: StepPlace,
    rollback: RollbackState,
    since: number,
    memory: StepMemory | undefined,
    see: (soFar: CheckResult) => void,
  ) {
    this.#place = place;
    this.#rollback = rollback;
    this.#since = since;
    const iso = (at: number) => new Date(at).toISOString();
    this.#times = { since: iso(since), surelyAfter: iso(since + clockToleranceMs) };
    this.#until = since + place.settings.watchMs();
    this.#memory = memory;
    this.#see = see;
  }

  get memory(): StepMemory {
    return this.#memory ?? { since: this.#times.since, restarts: {} };
  }

  /** `before` is what the logs tell of the time before this. */
  async toTheEnd(before: MissedErrors, signal: AbortSignal): Promise<CheckResult> {
    const { connection, clock, settings } = this.#place;
    const figures = settings.figures();
    const { promise, resolve } = Promise.withResolvers<() => CheckResult | Promise<CheckResult>>();
    const look = () => {
      const ending = this.#look(before, signal);
      if (ending !== undefined) resolve(ending);
    };
    let timer = clock.after(0, () => undefined);
    const tick = () => {
      look();
      // Not one timer for all of the time: none counts while the machine sleeps.
      const left = this.#until - clock.now();
      timer = clock.after(left > 0 ? Math.min(minuteMs, left) : minuteMs, tick);
    };
    const recording = figures?.hold();
    const changes = [connection.store.onDidChange(look), figures?.onDidChange(look)];
    const stop = () => resolve(() => ({ state: 'running', summary: '', evidence: [] }));
    signal.addEventListener('abort', stop, { once: true });
    timer.dispose();
    if (signal.aborted) stop();
    else tick();
    try {
      return await (
        await promise
      )();
    } finally {
      timer.dispose();
      recording?.dispose();
      for (const change of changes) change?.dispose();
      signal.removeEventListener('abort', stop);
    }
  }

  /** How the watch ends now; undefined where it goes on. */
  #look(before: MissedErrors, signal: AbortSignal): (() => CheckResult | Promise<CheckResult>) | undefined {
    const { connection, run, clock } = this.#place;
    const { store } = connection;
    const left = this.#until - clock.now();
    if (store.state.kind !== 'live') {
      if (left < -patienceMs) return () => notSeen(this.#place);
      this.#show(left, 'The cluster cannot be seen at present; what happens meanwhile is told when it can.');
      return undefined;
    }
    const records = store.find(run.target.namespace, run.target.name);
    const { replicaSetUid } = this.#rollback.to;
    if (records !== undefined)
      this.#memory = rememberedPods(this.#memory, this.#times, records, replicaSetUid);
    const errors = watchedErrors(this.#place, this.#since);
    const findings = [
      ...watchFindings(this.#rollback, this.memory, records),
      ...[before.finding, errors.finding].filter((finding) => finding !== undefined),
    ];
    if (findings.length > 0) return () => foundResult(this.#place, findings, this.memory, signal);
    const unseen = records?.podsUnseen ?? records?.revisionsUnseen;
    const pods = Object.keys(this.memory.restarts).length;
    if (left <= 0)
      return () =>
        this.#end(pods, unseen, [...before.evidence, ...errors.evidence], errors.isCounted, signal);
    this.#show(left, unseen ?? `Nothing has come back so far: none of ${pods} pods has restarted.`);
    return undefined;
  }

  #show(left: number, detail: string): void {
    const summary = timeLeft(Math.max(0, left));
    // Each is a line of the journal: once a minute, and where something else is to be said.
    const shown = `${summary} ${detail}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#see({ state: 'running', summary, detail, evidence: [], memory: this.memory });
  }

  async #end(
    pods: number,
    unseen: string | undefined,
    evidence: readonly Seen[],
    isCounted: boolean,
    signal: AbortSignal,
  ): Promise<CheckResult> {
    const place = this.#place;
    const missed = isCounted ? undefined : await missedErrors(place, this.#since, signal);
    if (missed?.finding !== undefined) return foundResult(place, [missed.finding], this.memory, signal);
    const minutes = Math.round((this.#until - this.#since) / minuteMs);
    const all = [
      ...(unseen === undefined
        ? [
            seen(place, `${pods} pods, no restart`, 'ok'),
            seen(place, `The template is the one that was put back`, 'ok'),
          ]
        : [seen(place, unseen, 'warning')]),
      ...evidence,
      ...(missed?.evidence ?? []),
    ];
    const blind = all.some(({ tone }) => tone === 'warning');
    return {
      state: blind ? 'warning' : 'ok',
      summary: `${minutes} min, nothing came back`,
      ...(blind ? { detail: 'Not everything could be watched: judge by what is missing below.' } : {}),
      evidence: all,
      memory: this.memory,
    };
  }
}
