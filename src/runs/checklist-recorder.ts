import type { ClusterStore, StoreChange } from '../cluster/store/store.ts';
import { checklist, type ChecklistItem } from '../domain/runbook/checklist.ts';
import { presentOf } from '../domain/runbook/present.ts';
import type { RunState } from '../domain/runbook/state.ts';
import type { Clock, Ending } from '../ports/clock.ts';
import type { EndpointWatch } from './endpoint-watch.ts';
import type { Run } from './run.ts';
import type { RunbookSettings } from './runbook-settings.ts';

export interface ChecklistPlace {
  readonly store: Pick<ClusterStore, 'find' | 'state' | 'onDidChange'>;
  readonly clock: Clock;
  readonly endpoints: EndpointWatch;
  readonly figures: RunbookSettings['figures'];
}

/** Writes each change of an item of the checklist into the run, from the rollback on, whether anybody looks or not. */
export class ChecklistRecorder {
  readonly #run: Run;
  readonly #place: ChecklistPlace;
  readonly #listeners = new Set<(item: ChecklistItem) => void>();
  #endings: Ending[] | undefined;
  #writing = false;

  constructor(run: Run, place: ChecklistPlace) {
    this.#run = run;
    this.#place = place;
  }

  /** Told of each item that was ticked and, once the rollback is complete, does not hold any more. */
  onDidUntick(listener: (item: ChecklistItem) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Begins; calling it again does nothing. */
  begin(): void {
    if (this.#endings !== undefined) return;
    const { store, endpoints, figures } = this.#place;
    const look = () => this.#look();
    const recorded = figures()?.onDidChange(look);
    this.#endings = [
      store.onDidChange((change) => {
        if (change.state || this.#isAbout(change)) look();
      }),
      endpoints.onDidSee(look),
      this.#run.onDidChange(look),
      ...(recorded === undefined ? [] : [recorded]),
    ];
    this.#look();
  }

  dispose(): void {
    for (const ending of this.#endings ?? []) ending.dispose();
    this.#endings = undefined;
    this.#place.endpoints.setWatched(false);
  }

  #look(): void {
    const { store, endpoints } = this.#place;
    const isWanted = isRecorded(this.#run.state);
    endpoints.setWatched(isWanted);
    // What it writes down is told to it too.
    if (!isWanted || this.#writing || store.state.kind !== 'live') return;
    this.#writing = true;
    try {
      this.#writeChanges();
    } finally {
      this.#writing = false;
    }
  }

  #isAbout({ deployments }: StoreChange): boolean {
    const { target, rollback } = this.#run.state;
    const { store } = this.#place;
    // The one that was rolled back, and the one of its name, which may be another by now.
    return [rollback?.intent?.uid, store.find(target.namespace, target.name)?.deployment.uid].some(
      (uid) => uid !== undefined && deployments.has(uid),
    );
  }

  #writeChanges(): void {
    for (const item of this.#items()) {
      const { items, rollback } = this.#run.state;
      const before = items[item.id]?.state ?? 'pending';
      if (item.state === before) continue;
      this.#run.note({ kind: 'itemSeen', item: item.id, state: item.state, summary: item.summary });
      if (before === 'ticked' && item.state === 'failed' && rollback?.end?.kind === 'complete')
        for (const listener of this.#listeners) listener(item);
    }
  }

  #items(): readonly ChecklistItem[] {
    const { store, clock, endpoints, figures } = this.#place;
    const { state } = this.#run;
    const records = store.find(state.target.namespace, state.target.name);
    const confirmed = Date.parse(state.rollback?.confirmedAt ?? '');
    return checklist(
      state,
      presentOf(state, {
        at: new Date(clock.now()).toISOString(),
        records,
        isSeen: true,
        // Of no interest any more: the rollback says where it went back to.
        previous: undefined,
        health: endpoints.health,
        critical: endpoints.critical,
        figures: figures()?.recorded(confirmed),
        msOf: Date.parse,
      }),
    );
  }
}

/** From the write of a rollback on, until the run is over or in other hands. */
function isRecorded({ rollback, end, handedOver }: RunState): boolean {
  if (end !== undefined || handedOver !== undefined) return false;
  return rollback?.outcome !== undefined && rollback.outcome.kind !== 'notApplied';
}
