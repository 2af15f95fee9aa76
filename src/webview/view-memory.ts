import type { LogMemory, LogViewState } from './log/log-memory.ts';
import { FIRST_LOG_STATE, readLogState } from './log/log-memory.ts';

/** What the person chose in this panel and finds again after a reload. */
export interface ViewState {
  /** What the host put in `<body data-panel>`: its own words for which panel to restore. */
  readonly panel?: string;
  /** Step and checklist ids that the person has opened (true) or folded (false) against the model's own choice. */
  readonly folds: Readonly<Record<string, boolean>>;
  /** One for each log area. */
  readonly logs: readonly LogViewState[];
  readonly tab: 'steps' | 'logs';
}

const FIRST_STATE: ViewState = { folds: {}, logs: [], tab: 'steps' };
const MOST_FOLDS = 100;
const MOST_LOGS = 2;

/** Reads what an earlier panel has stored, perhaps an older version of it; what is not understood takes its first value. */
export function readViewState(stored: unknown): ViewState {
  if (typeof stored !== 'object' || stored === null) return FIRST_STATE;
  const folds = 'folds' in stored ? readFolds(stored.folds) : {};
  const logs =
    'logs' in stored && Array.isArray(stored.logs) ? stored.logs.slice(0, MOST_LOGS).map(readLogState) : [];
  const tab = 'tab' in stored && stored.tab === 'logs' ? 'logs' : 'steps';
  const panel = 'panel' in stored && typeof stored.panel === 'string' ? { panel: stored.panel } : {};
  return { ...panel, folds, logs, tab };
}

function readFolds(stored: unknown): Record<string, boolean> {
  const folds: Record<string, boolean> = {};
  if (typeof stored !== 'object' || stored === null) return folds;
  for (const [id, open] of Object.entries(stored).slice(0, MOST_FOLDS)) {
    if (typeof open === 'boolean') folds[id] = open;
  }
  return folds;
}

/** Where the state is kept: VS Code's webview API, or a map in tests. */
export interface StateKeeper {
  getState(): unknown;
  setState(state: ViewState): void;
}

/** The view state, read once and written at each change. */
export class ViewMemory {
  readonly #keeper: StateKeeper;
  #state: ViewState;

  constructor(keeper: StateKeeper, panel: string | undefined) {
    this.#keeper = keeper;
    this.#state = { ...readViewState(keeper.getState()), ...(panel === undefined ? {} : { panel }) };
    keeper.setState(this.#state);
  }

  get state(): ViewState {
    return this.#state;
  }

  change(part: Partial<ViewState>): void {
    this.#state = { ...this.#state, ...part };
    this.#keeper.setState(this.#state);
  }

  /** The person's own choice, or else the model's. */
  isOpen(id: string, byModel: boolean): boolean {
    return this.#state.folds[id] ?? byModel;
  }

  /** A choice that agrees with the model is not kept. */
  setOpen(id: string, open: boolean, byModel: boolean): void {
    const { [id]: _before, ...folds } = this.#state.folds;
    this.change({ folds: open === byModel ? folds : { ...folds, [id]: open } });
  }

  /** The part of one log area. */
  log(area: number): LogMemory {
    const stateOf = (): LogViewState => this.#state.logs[area] ?? FIRST_LOG_STATE;
    return {
      get state() {
        return stateOf();
      },
      change: (part) => {
        const logs = [...this.#state.logs];
        while (logs.length < area) logs.push(FIRST_LOG_STATE);
        logs[area] = { ...stateOf(), ...part };
        this.change({ logs });
      },
    };
  }
}
