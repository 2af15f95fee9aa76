import type { RevisionRef } from './revision-ref.ts';
import type { StepId } from './steps.ts';

/** The checks of a verification, in the order in which they are shown. */
export const checkIds = ['podsReady', 'complete', 'health', 'critical', 'logs'] as const satisfies StepId[];
export type CheckId = (typeof checkIds)[number];

/** Something that was seen: one line, and when (RFC 3339). */
export interface Seen {
  readonly text: string;
  readonly tone: 'ok' | 'failed' | 'warning' | 'plain';
  readonly at: string;
  /** The name of the pod that it was seen at: its log may tell more of that time. */
  readonly pod?: string;
}

/** What is best read in rows, such as permissions; each row has a cell for each column. */
export interface EvidenceTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly tone: Seen['tone'] }[];
}

/** What to do next where a step fails: words, and the command that does it where there is one. */
export interface Advice {
  readonly words: string;
  readonly action?: AdviceAction;
  /** What the action is about: a pod's name, a revision's number. */
  readonly target?: string;
}

/** The revision that is best returned to. */
export interface Recommendation {
  readonly revision: RevisionRef;
  /** In a sentence; says where it is not known to be good. */
  readonly why: string;
}

/** Commands that advice can lead to. */
export const adviceActions = [
  'describeDeployment',
  'describePod',
  'showEvents',
  'showTopPods',
  'showYaml',
  'showLogs',
  'rollBackToRevision',
  'configureEndpoints',
  'configureSmokeTests',
  'openDashboard',
] as const;
export type AdviceAction = (typeof adviceActions)[number];

/**
 * What a step found. `notConfigured`: there is nothing to look at, which is not the same as good. `warning`: it was seen,
 * and a person must judge it.
 */
export interface CheckResult {
  readonly state: 'running' | 'ok' | 'warning' | 'failed' | 'notConfigured';
  /** Short: `3 of 3`, `503 · 12 ms`. */
  readonly summary: string;
  /** One sentence: what goes on, or what was found and what it means. */
  readonly detail?: string;
  readonly evidence: readonly Seen[];
  readonly table?: EvidenceTable;
  /** The last lines that a test printed. */
  readonly output?: string;
  readonly advice?: readonly Advice[];
  /** Of `returnable`. */
  readonly recommended?: Recommendation;
  /** What the step must know of the time before, where it is begun again after a reload. */
  readonly memory?: StepMemory;
}

/** What a step that watches has seen so far. */
export interface StepMemory {
  /** RFC 3339: from when on it watches. */
  readonly since: string;
  /** How often each pod, by uid, had restarted when it was seen first. */
  readonly restarts: Readonly<Record<string, number>>;
}
