import type { LogLevel } from '../domain/logs/line.ts';
import type { PanelAction, PanelModel } from './panel-model.ts';

/** A log stream as the panel shows it. Lines name it by its index in this list, which only grows until `logs.reset`. */
export interface LogSourceModel {
  /** `8·x2k9q`: revision and the end of the pod's name; the container follows where the pod has several. */
  readonly label: string;
  readonly title: string;
  /** 0–4: which of the five terminal colours that are not red. */
  readonly colour: number;
  /** Whose log it is, pod and container: a line that comes live and as captured is shown once. */
  readonly log: string;
  /** Its lines were captured before its pod went; nothing comes after them. */
  readonly captured?: true;
}

/**
 * `[source index, time stamp RFC 3339 with nanoseconds, level, text]`; `gap` for a level where the text tells of lines that
 * could not be had.
 */
export type LogLineTuple = readonly [number, string, LogLevel | 'gap' | null, string];

/** What of a log was captured before its pods went. */
export interface CapturedModel {
  /** RFC 3339. */
  readonly at: string;
  readonly lines: number;
  /** How many older ones were captured and cut again. */
  readonly cutLines: number;
  /** What to know of lines that are kept. */
  readonly notice: string;
}

export interface LogStatusModel {
  /** What is shown: `All pods`, `Revision 8`, `pod veza-backend-api-x2k9q`. */
  readonly scope: string;
  readonly streams: number;
  readonly received: number;
  readonly dropped: number;
  readonly previous: boolean;
  /** `live`; `waiting` (no pod runs yet, with the reason in `message`); `stale` since `since` (with the reason). */
  readonly state: 'live' | 'waiting' | 'stale' | 'ended';
  /** RFC 3339. */
  readonly since: string;
  readonly message?: string;
  readonly captured?: CapturedModel;
  /** It is of a run that is only looked at: nothing is followed. */
  readonly recorded?: true;
}

/** What the host tells one log area. */
export type LogHostMessage =
  | { readonly type: 'logs.reset' }
  | { readonly type: 'logs.sources'; readonly from: number; readonly sources: readonly LogSourceModel[] }
  /** UTF-8 JSON of LogLineTuple[], in time order within the batch; at most as many lines as credit was given. */
  | { readonly type: 'logs.lines'; readonly bytes: Uint8Array }
  | { readonly type: 'logs.mark'; readonly at: string; readonly text: string; readonly tone: 'ok' | 'failed' }
  | { readonly type: 'logs.status'; readonly status: LogStatusModel }
  /** Shows the first line that is not earlier than `at` (RFC 3339), as soon as it is there. */
  | { readonly type: 'logs.goTo'; readonly at: string }
  /** Asks for lines as text, to be saved: those that pass the filter, or all that are held. */
  | { readonly type: 'logs.gather'; readonly what: 'shown' | 'all' };

/** What a log area wants of the host. */
export type LogWebviewMessage =
  | { readonly type: 'logs.credit'; readonly lines: number }
  | { readonly type: 'logs.previous'; readonly previous: boolean }
  | { readonly type: 'logs.copy'; readonly text: string }
  | { readonly type: 'logs.selectScope' }
  | { readonly type: 'logs.openFullSize' }
  /** One area for each of two revisions, or one again. */
  | { readonly type: 'logs.split'; readonly split: boolean }
  /** Asks the person where to save; how many lines pass the filter, and how many are held. */
  | { readonly type: 'logs.save'; readonly shown: number; readonly all: number }
  /** The next piece of the lines that were gathered. */
  | { readonly type: 'logs.text'; readonly text: string; readonly last: boolean };

/** Which of the log areas of a page is meant: the first where none is named. */
export interface OfArea {
  readonly area?: number;
}

export type HostMessage =
  | { readonly type: 'model'; readonly model: PanelModel }
  | (LogHostMessage & OfArea)
  /** The Logs editor's areas, by the names of what each shows. `panel` is what to keep for after a reload. */
  | { readonly type: 'areas'; readonly titles: readonly string[]; readonly panel: string }
  /** Moves the focus: after `Tail Logs` to the log, after `Verify` to the step. */
  | { readonly type: 'focus'; readonly area: 'logs' | 'steps' };

export type WebviewMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'act'; readonly action: PanelAction; readonly target?: string }
  | (LogWebviewMessage & OfArea);
