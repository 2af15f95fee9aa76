import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { Connection, Connections } from '../cluster/connections.ts';
import { DeploymentLease } from '../cluster/writes/lease.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import { runId } from '../domain/runbook/run-id.ts';
import { isWritten } from '../domain/runbook/state.ts';
import type { Clock } from '../ports/clock.ts';
import { giveBack, type Hand, type HeldRun, holdRun, inHand, type RunPlace } from '../runs/held-run.ts';
import { damageWords } from '../runs/journal-file.ts';
import { askFor, forgetAsking, isAskedFor } from '../runs/lock.ts';
import { leaseClaim } from '../runs/run-lease.ts';
import { RunFigures } from '../runs/figures/run-figures.ts';
import type { RunFolder } from '../runs/run-folder.ts';
import type { RunIndex } from '../runs/run-index.ts';
import { Runbook } from '../runs/runbook.ts';
import type { RunbookSettings } from '../runs/runbook-settings.ts';
import type { FigureRecords } from './figure-records.ts';
import type { RevisionMemories } from './revision-memories.ts';
import { showError } from './error-message.ts';
import { isReadOnlySetting } from './settings.ts';
import { settingsOf } from './settings-of-runbook.ts';
import { tellOfUnticked } from './unticked-notification.ts';

/** How often it is looked whether another window asks for a run that is in hand here, and tried to take one; in ms. */
const lookEveryMs = 500;
/** How long another window may take to give a run back, in ms: what it writes to the cluster is waited for. */
const patienceMs = 15_000;

interface Open {
  readonly target: RunTarget;
  readonly opening: Promise<Held>;
}

interface Held extends HeldRun {
  readonly runbook: Runbook;
  readonly lease: DeploymentLease;
  /** Undefined where nothing is recorded of the deployment. */
  readonly kept: RunFigures | undefined;
}

/** Another window of this machine carries out the run of the deployment. */
export class RunElsewhere extends Error {
  readonly target: RunTarget;

  constructor(target: RunTarget) {
    super(
      `Another window carries out the run of ${target.name}. It can be looked at from here, or taken over.`,
    );
    this.name = 'RunElsewhere';
    this.target = target;
  }
}

/** One runbook a deployment, opened from its journal when it is first asked for, and held against other windows. */
export class Runbooks {
  readonly hand: Hand = { by: userInfo().username, host: hostname() };
  readonly #connections: Connections;
  readonly #memories: RevisionMemories;
  readonly #figures: FigureRecords;
  readonly #clock: Clock;
  readonly #place: RunPlace;
  readonly #open = new Map<string, Open>();
  /** Runs that were let go, until the last of them is on the disk. */
  readonly #closing = new Map<string, Promise<void>>();
  /** Runs that are being taken over by this window. */
  readonly #taking = new Set<string>();
  /** Deployments whose next run is another one, though theirs that was signed off could still be cleaned up. */
  readonly #anew = new Set<string>();
  readonly #yielded = new vscode.EventEmitter<RunTarget>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** Told when another window has taken a run over that was in hand here. */
  readonly onDidYield = this.#yielded.event;
  /** Told when a run in hand here has changed. */
  readonly onDidChange = this.#changed.event;
  #looking: { dispose(): void } | undefined;

  constructor(
    connections: Connections,
    memories: RevisionMemories,
    figures: FigureRecords,
    clock: Clock,
    runs: { readonly folder: RunFolder; readonly index: RunIndex },
  ) {
    this.#connections = connections;
    this.#memories = memories;
    this.#figures = figures;
    this.#clock = clock;
    const newId = ({ name }: RunTarget) =>
      runId(new Date(clock.now()).toISOString(), name, randomBytes(3).toString('hex'));
    this.#place = { ...runs, clock, newId };
  }

  /** Throws RunElsewhere, or where the kubeconfig lacks the context, or the journal cannot be read. */
  async of(target: RunTarget): Promise<Runbook> {
    const key = runKey(target);
    for (;;) {
      const open = this.#open.get(key) ?? { target, opening: this.#make(target) };
      this.#open.set(key, open);
      try {
        const { runbook } = await open.opening;
        // Else the kubeconfig changed meanwhile: this one's connection has ended.
        if (this.#open.get(key) === open) return runbook;
      } catch (error) {
        if (this.#open.get(key) === open) this.#open.delete(key);
        throw error;
      }
    }
  }

  /** Whether a run of the deployment is in hand here. */
  has(target: RunTarget): boolean {
    return this.#open.has(runKey(target));
  }

  /** Resolves when all that is known of the deployment's run in hand here, if there is one, is on the disk. */
  async stored(target: RunTarget): Promise<void> {
    await this.#open.get(runKey(target))?.opening.then(
      ({ runbook, kept }) => Promise.all([runbook.run.settled(), kept?.store()]),
      () => undefined, // It is not in hand; who opened it is told why.
    );
  }

  /** Takes the run over from another window of this machine, which gives it back when nothing is being written. */
  async takeOver(target: RunTarget): Promise<Runbook> {
    const lock = this.#place.folder.lock(target);
    const until = this.#clock.now() + patienceMs;
    this.#taking.add(runKey(target));
    try {
      await askFor(lock);
      for (;;) {
        try {
          const runbook = await this.of(target);
          await runbook.run.record({ kind: 'takenOver', ...this.hand });
          return runbook;
        } catch (error) {
          if (!(error instanceof RunElsewhere) || this.#clock.now() > until) throw error;
          await this.#clock.sleep(lookEveryMs);
        }
      }
    } finally {
      await forgetAsking(lock);
      this.#taking.delete(runKey(target));
    }
  }

  /**
   * The next look begins another run: the deployment's present one is ended without a sign-off, where it has not ended by itself.
   * Refused while something is written.
   */
  async beginAnew(target: RunTarget): Promise<void> {
    const runbook = await this.of(target);
    if (runbook.run.state.end === undefined) await runbook.close('Another run was begun.');
    this.#anew.add(runKey(target));
    await this.letGo(target);
  }

  /** Gives the run back: it can be gone on with here or in another window. Resolves when all of it is on the disk. */
  async letGo(target: RunTarget): Promise<void> {
    const key = runKey(target);
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open !== undefined) this.#close(key, open);
    await this.#closing.get(key);
  }

  /** Their connections have ended: the runs of these contexts, of all by default, go on from their journals with new ones. */
  reset(contexts?: ReadonlySet<string>): void {
    for (const [key, open] of this.#open) {
      if (contexts?.has(open.target.context) === false) continue;
      this.#open.delete(key);
      this.#close(key, open);
    }
  }

  dispose(): void {
    this.reset();
    this.#looking?.dispose();
    this.#yielded.dispose();
    this.#changed.dispose();
  }

  #close(key: string, { opening }: Open): void {
    const closing = opening.then(
      async (held) => {
        const { runbook, lease, kept } = held;
        runbook.dispose();
        await giveBack(held, [runbook.settled(), lease.release(), Promise.resolve(kept?.dispose())]).catch(
          (error: unknown) =>
            showError(`The run of ${runbook.run.state.target.name} was not ended in order`, error),
        );
        lease.dispose();
        this.#changed.fire();
      },
      () => undefined,
    );
    this.#closing.set(key, closing);
    void closing.finally(() => {
      if (this.#closing.get(key) === closing) this.#closing.delete(key);
    });
  }

  async #make(target: RunTarget): Promise<Held> {
    const { context, namespace, name } = target;
    await this.#closing.get(runKey(target));
    const connection = await this.#connections.connect(context);
    const held = await holdRun(
      this.#place,
      { context, namespace, name },
      this.hand,
      (error) => showError(`What happens to ${name} cannot be stored`, error),
      this.#anew.has(runKey(target)),
    );
    if (held === undefined) throw new RunElsewhere(target);
    this.#anew.delete(runKey(target));
    for (const { damagedFrom = 1 } of held.damaged)
      void vscode.window.showWarningMessage(`${name}: ${damageWords(damagedFrom)} Another run is begun.`);
    return inHand(held, () => this.#carryOn(connection, held));
  }

  #carryOn(connection: Connection, held: HeldRun): Held {
    const { run } = held;
    const { target, rollback, end, id } = run.state;
    const { api, writer } = connection;
    const identity = `${this.hand.by}@${this.hand.host}_${id.slice(id.lastIndexOf('-') + 1)}`;
    const lease = new DeploymentLease(api, writer, this.#clock, target, identity);
    const settings: RunbookSettings = {
      ...settingsOf(target, this.#clock),
      attachments: this.#place.folder.attachments(id),
      figures: () => this.#figures.of(target),
      figuresLoaded: async () => this.#figures.of(target)?.loaded,
      verdict: (replicaSet) => this.#memories.of(target.context)?.verdict(replicaSet) ?? { kind: 'unknown' },
      claim: leaseClaim(lease, writer, target.namespace),
    };
    const runbook = new Runbook(run, connection, settings, this.hand.by, this.#clock);
    tellOfUnticked(runbook);
    runbook.recordChecklist();
    const figures = this.#figures.of(target);
    const kept =
      figures &&
      new RunFigures(run, figures, settings.attachments, this.#clock, (error) =>
        showError(`The figures of the run of ${target.name} cannot be stored`, error),
      );
    run.onDidChange(() => {
      this.#changed.fire();
      if (run.state.end !== undefined && lease.isHeld) void lease.release();
    });
    lease.onLost((state) => {
      const by = state.kind === 'held' ? state.by : 'Somebody else';
      void vscode.window.showWarningMessage(`${by} has taken over the run of ${target.name} in the cluster.`);
    });
    // Claimed before the window was closed, by a person who confirmed a rollback: the claim goes on with the run.
    if (isWritten(rollback) && end === undefined && !isReadOnlySetting(target.context)) void lease.take();
    // Watching goes on by itself; what it sees is in the run, and so is what goes wrong with it.
    runbook.resume().catch((error: unknown) => showError(`The run of ${target.name} cannot go on`, error));
    this.#looking ??= this.#clock.after(lookEveryMs, () => void this.#look());
    this.#changed.fire();
    return { ...held, runbook, lease, kept };
  }

  /** Gives what another window asks for back, as long as runs are in hand. */
  async #look(): Promise<void> {
    try {
      for (const { target } of [...this.#open.values()]) {
        if (!(await isAskedFor(this.#place.folder.lock(target)))) continue;
        // It may be this window that asks.
        if (this.#taking.has(runKey(target))) continue;
        await this.letGo(target);
        this.#yielded.fire(target);
      }
    } catch (error) {
      showError('Runs of other windows', error);
    } finally {
      this.#looking =
        this.#open.size === 0 ? undefined : this.#clock.after(lookEveryMs, () => void this.#look());
    }
  }
}

/** What tells one deployment from all others. */
export function runKey({ context, namespace, name }: RunTarget): string {
  return JSON.stringify([context, namespace, name]);
}
