import type { CheckResult } from '../domain/runbook/checks.ts';
import { dueSteps } from '../domain/runbook/due-steps.ts';
import type { StepId } from '../domain/runbook/steps.ts';
import type { Ending } from '../ports/clock.ts';
import type { Run } from './run.ts';
import { cannotTellSince, type StepHandler, type StepPlace } from './steps/step-handler.ts';

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Carries the steps of a run out that look: by themselves up to the next decision, or when a person asks. */
export class RunSteps {
  readonly #run: Run;
  readonly #place: Omit<StepPlace, 'run'>;
  readonly #handlers: Readonly<Partial<Record<StepId, StepHandler>>>;
  readonly #running = new Map<StepId, Running>();
  /** Stopped by a person: they are not begun again before a person, a rollback or another window asks. */
  readonly #stopped = new Set<StepId>();
  #automatic: Ending | undefined;
  #disposed = false;

  constructor(
    run: Run,
    place: Omit<StepPlace, 'run'>,
    handlers: Readonly<Partial<Record<StepId, StepHandler>>>,
  ) {
    this.#run = run;
    this.#place = place;
    this.#handlers = handlers;
  }

  /** From now on begins each step as soon as it is due. */
  goOnByItself(): void {
    this.#automatic ??= this.#run.onDidChange(() => this.#beginDue());
    this.#beginDue();
  }

  isRunning(...steps: readonly StepId[]): boolean {
    return steps.some((step) => this.#running.has(step));
  }

  /**
   * Begins these steps, anew where they had ended, and resolves when all have ended; those that run already are waited for.
   * The first is carried out before the others begin to look. Nothing is begun where all was disposed of.
   */
  async begin(steps: readonly StepId[], signal?: AbortSignal): Promise<void> {
    // The run may be another window's by now.
    if (this.#disposed) return;
    const [first] = steps;
    const begun = steps.map((step) => {
      this.#stopped.delete(step);
      const running = this.#running.get(step);
      if (running?.stop.signal.aborted === false) return running;
      // What was stopped and still looks ends first.
      const before = step === first || first === undefined ? undefined : this.#running.get(first)?.ended;
      return this.#begin(step, Promise.all([running?.ended, before]));
    });
    const stop = () => this.stop(steps);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    await Promise.all(begun.map(({ ended }) => ended));
    signal?.removeEventListener('abort', stop);
  }

  /** Leaves a step out, with a person's reason; what it was doing ends. */
  async skip(step: StepId, by: string, reason: string): Promise<void> {
    await this.#stop(step);
    await this.#run.record({ kind: 'stepSkipped', step, by, reason });
  }

  /** Stops these steps: what they were looking at is as if it had not been asked. */
  stop(steps: readonly StepId[] = [...this.#running.keys()]): void {
    for (const step of steps) {
      const running = this.#running.get(step);
      if (running === undefined) continue;
      this.#stopped.add(step);
      running.stop.abort();
    }
  }

  /**
   * Stops all at once, as `stop`, but what they still find is not heard. Steps that are due are begun as before. Resolves
   * when none of them looks at anything any more.
   */
  forget(): Promise<unknown> {
    const running = [...this.#running];
    this.#running.clear();
    this.#stopped.clear();
    for (const [step, { stop }] of running) {
      stop.abort();
      this.#run.note({ kind: 'stepStopped', step });
    }
    return Promise.all(running.map(([, { ended }]) => ended));
  }

  /** Ends all without a word in the run, so that it can be gone on with. */
  dispose(): void {
    this.#disposed = true;
    this.#automatic?.dispose();
    this.#automatic = undefined;
    for (const { stop } of this.#running.values()) stop.abort();
    this.#running.clear();
  }

  async #stop(step: StepId): Promise<void> {
    this.stop([step]);
    await this.#running.get(step)?.ended;
  }

  #beginDue(): void {
    for (const step of dueSteps(this.#run.state))
      if (this.#handlers[step] !== undefined && !this.#running.has(step) && !this.#stopped.has(step))
        this.#begin(step, undefined);
  }

  #begin(step: StepId, before: Promise<unknown> | undefined): Running {
    const stop = new AbortController();
    // In the map before anybody hears of it, who would begin it once more.
    const ended = Promise.resolve().then(() => this.#look(step, before, stop.signal));
    const running: Running = {
      stop,
      ended: ended.then((result) => {
        // Disposed of meanwhile: the run belongs to another, or goes on with another connection.
        if (this.#running.get(step) !== running) return;
        this.#running.delete(step);
        this.#run.note(
          result === undefined ? { kind: 'stepStopped', step } : { kind: 'stepEnded', step, result },
        );
      }),
    };
    this.#running.set(step, running);
    this.#run.note({ kind: 'stepStarted', step });
    return running;
  }

  /** What the step found; undefined where it was stopped. */
  async #look(
    step: StepId,
    before: Promise<unknown> | undefined,
    signal: AbortSignal,
  ): Promise<CheckResult | undefined> {
    await before;
    const handler = this.#handlers[step];
    if (handler === undefined || signal.aborted) return undefined;
    const place = { ...this.#place, run: this.#run.state };
    const see = (result: CheckResult) => {
      if (!signal.aborted) this.#run.note({ kind: 'stepSeen', step, result });
    };
    try {
      const result = await handler(place, see, signal);
      return signal.aborted ? undefined : result;
    } catch (error) {
      return signal.aborted ? undefined : cannotTellSince(place, error);
    }
  }
}
