/** State of a step or phase. `todo` has not begun; `skipped` was left out with a reason. */
export type StepState = 'todo' | 'running' | 'ok' | 'warning' | 'failed' | 'skipped';

/** What the person can ask of the panel; the host decides, confirms and carries out. */
export type PanelAction =
  | 'rollBackToPrevious'
  | 'rollBackToRevision'
  | 'verify'
  | 'retryStep'
  | 'skipStep'
  | 'stopWatching'
  | 'showDiff'
  | 'copyCommand'
  | 'copyOutput'
  | 'sign'
  | 'overrideItem'
  | 'withdrawOverride'
  | 'signOff'
  | 'updateTask'
  | 'exportReport'
  | 'configureEndpoints'
  | 'configureSmokeTests'
  | 'openDashboard'
  | 'showPermissions'
  | 'describeDeployment'
  | 'describePod'
  | 'showEvents'
  | 'showTopPods'
  | 'showYaml'
  | 'showLogs'
  | 'openLogs'
  /** Of a pod at a time: `2026-01-02T15:04:05Z veza-backend-api-x2k9q`. */
  | 'openLogsAtTime'
  | 'selectLogScope'
  | 'beginAnew'
  | 'refresh';

export interface ActionModel {
  readonly action: PanelAction;
  /** What it is about, where that matters: a step, a checklist item, a task (`sendReport:done`), a pod, a revision's number. */
  readonly target?: string;
  readonly label: string;
  readonly title?: string;
  /** As shown in a keycap, e.g. `Ctrl+Enter`. Only the primary action of the header has one. */
  readonly key?: string;
}

export interface RevisionChip {
  /** `8`, or `7 (now 9)` after an undo has renumbered it. */
  readonly number: string;
  /** Image tag or digest, short. */
  readonly version: string;
  readonly tone: 'bad' | 'good' | 'plain';
}

export interface HeaderModel {
  readonly tone: 'ok' | 'running' | 'failed' | 'paused' | 'unknown';
  readonly name: string;
  readonly namespace: string;
  readonly context: string;
  /** True for a context that the settings protect. */
  readonly protected?: boolean;
  /** True where nothing can be written from here. */
  readonly readOnly?: boolean;
  /** Health in words: `Degraded: 3 pods crash-looping since 02:58`. */
  readonly words: string;
  /** `Rolling back`, `Rolled back`, `Failing`, `Running`. */
  readonly doing: string;
  readonly from?: RevisionChip;
  readonly to?: RevisionChip;
  /** What the clock at the right counts from; it stops at `until`. */
  readonly elapsed?: { readonly since: string; readonly until?: string; readonly label: string };
  readonly primary?: ActionModel;
  readonly secondary: readonly ActionModel[];
  /** Set while the cluster cannot be read: RFC 3339 of the last true state, and why. */
  readonly stale?: { readonly since: string; readonly reason: string };
}

export interface PodSquares {
  readonly label: string;
  readonly pods: readonly {
    readonly name: string;
    readonly state: 'ready' | 'waiting' | 'failing' | 'gone';
    readonly title: string;
  }[];
}

export interface Evidence {
  /** What was seen, one line: `GET /health 200 in 12 ms`. */
  readonly text: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'plain';
  /** RFC 3339: when it was seen. */
  readonly at: string;
  /** The pod that it was seen at, whose log can be opened at that time. */
  readonly pod?: string;
}

/** What is best read in rows. A row's tone is drawn as an icon and said in words. */
export interface TableModel {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly tone: Evidence['tone'] }[];
}

/** What to do next where a step fails, and the command that does it where there is one. */
export interface AdviceModel {
  readonly words: string;
  readonly action?: ActionModel;
}

export interface StepModel {
  readonly id: string;
  readonly phase: string;
  readonly title: string;
  /** What it does, in a sentence; undefined where the title says it. */
  readonly does?: string;
  readonly state: StepState;
  /** One short piece of evidence, shown right of the title when folded. */
  readonly summary?: string;
  /** The live sentence while running, or what happened and what to do next on failure. */
  readonly detail?: string;
  readonly pods: readonly PodSquares[];
  readonly evidence: readonly Evidence[];
  readonly table?: TableModel;
  /** The last lines that a test printed. */
  readonly output?: string;
  readonly advice: readonly AdviceModel[];
  /** The equivalent kubectl or curl commands, copiable. */
  readonly commands: readonly string[];
  readonly actions: readonly ActionModel[];
  /** RFC 3339; `until` is missing while it runs. */
  readonly took?: { readonly since: string; readonly until?: string };
  /** Unfolded at first: the step that runs, failed or comes next. */
  readonly open: boolean;
}

export interface PhaseModel {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'now' | 'failed' | 'todo';
}

export interface ChecklistItemModel {
  readonly id: string;
  readonly title: string;
  /** `pending`: not seen yet; `failed`: seen, and it does not hold; `overridden`: a person answers for it. */
  readonly state: 'ticked' | 'overridden' | 'running' | 'failed' | 'pending';
  /** Short evidence at the right: `2 of 3`, `503 · 12 ms`, `not measured`. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  /** True where it was ticked and does not hold any more. */
  readonly lost?: boolean;
  readonly actions: readonly ActionModel[];
}

/** What is left to people after the rollback. */
export interface TaskModel {
  readonly id: string;
  readonly title: string;
  readonly state: 'open' | 'inProgress' | 'done' | 'notNeeded';
  /** Empty where nobody was named. */
  readonly owner: string;
  readonly note: string;
  /** Who changed it last, and when (RFC 3339); undefined while nobody has. */
  readonly changed?: { readonly by: string; readonly at: string };
  readonly actions: readonly ActionModel[];
}

export interface TasksModel {
  /** Done, or said not to be needed. */
  readonly settled: number;
  readonly total: number;
  readonly groups: readonly { readonly title: string; readonly tasks: readonly TaskModel[] }[];
}

/** What must not be forgotten, until somebody says that it is done. */
export interface ReminderModel {
  readonly words: string;
  /** Why, for a hover. */
  readonly hint: string;
  readonly actions: readonly ActionModel[];
}

/** The box, in units of its own, that a figure's course is drawn in. */
export const courseBox = { width: 128, height: 32 } as const;

/** A figure over time, on the axis that all figures share. */
export interface FigureCourse {
  /** The `d` of an SVG path in `courseBox`. */
  readonly line: string;
  /** Where the rollback stands; undefined where it is not within the axis. */
  readonly markX?: number;
  /** The same for a screen reader: `between 3 and 212 in 15 min, 212 at the rollback`. */
  readonly words: string;
}

export interface FigureModel {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly note: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'plain';
  /** More than the note has room for: shown on hover. */
  readonly hint?: string;
  /** What to do where there is nothing to show, in the note's place. */
  readonly action?: ActionModel;
  readonly course?: FigureCourse;
}

/** Everything the panel shows but its log. Made by `views/`, drawn by `webview/`, decided by neither. */
export interface PanelModel {
  readonly header: HeaderModel;
  readonly phases: readonly PhaseModel[];
  readonly steps: readonly StepModel[];
  readonly checklist: { readonly ticked: number; readonly items: readonly ChecklistItemModel[] };
  /** Undefined before there is something to clean up. */
  readonly tasks?: TasksModel;
  readonly reminder?: ReminderModel;
  readonly figures: readonly FigureModel[];
  /** Said to a screen reader when the panel opens; from then on it hears what changes. */
  readonly announcement: string;
}
