import type { LogLevel } from '../domain/logs/line.ts';
import type { PanelAction, PanelModel } from './panel-model.ts';

/** A log stream as the panel shows it. Lines name it by its index in this list, which only grows until `logs.reset`. */
export interface LogSourceModel {
  /** `8·x2k9q`: revision and the end of the pod's name; the container follows where the pod has several. */
  readonly label: string;
  readonly title: string;
  /** 0–4: which of the five terminal colours that are not red. */
  readonly colour: number;
}

/** `[source index, time stamp RFC 3339 with nanoseconds, level, text]`. */
export type LogLineTuple = readonly [number, string, LogLevel | null, string];

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
}

export type HostMessage =
  | { readonly type: 'model'; readonly model: PanelModel }
  | { readonly type: 'logs.reset' }
  | { readonly type: 'logs.sources'; readonly from: number; readonly sources: readonly LogSourceModel[] }
  /** UTF-8 JSON of LogLineTuple[], in time order within the batch; at most as many lines as credit was given. */
  | { readonly type: 'logs.lines'; readonly bytes: Uint8Array }
  | { readonly type: 'logs.mark'; readonly at: string; readonly text: string; readonly tone: 'ok' | 'failed' }
  | { readonly type: 'logs.status'; readonly status: LogStatusModel }
  /** Moves the focus: after `Tail Logs` to the log, after `Verify` to the step. */
  | { readonly type: 'focus'; readonly area: 'logs' | 'steps' };

export type WebviewMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'act'; readonly action: PanelAction; readonly target?: string }
  | { readonly type: 'logs.credit'; readonly lines: number }
  | { readonly type: 'logs.previous'; readonly previous: boolean }
  | { readonly type: 'logs.copy'; readonly text: string };
