import type { LogLine, LogSource } from '../domain/logs/line.ts';
import type { LogLineTuple, LogSourceModel, LogStatusModel } from '../shared/messages.ts';

/** The terminal's colours but red, which is for errors. */
const colours = 5;

/** A log source as it is announced: its container is named only where its pod has several. */
export interface LabelledSource {
  readonly source: LogSource;
  /** How many containers its pod has. */
  readonly containers: number;
  /** Its lines were captured before its pod went. */
  readonly captured?: true;
}

/** Labels and colours for sources of which the first has the index `from`; neighbours differ in colour. */
export function logSourceModels(sources: readonly LabelledSource[], from: number): LogSourceModel[] {
  return sources.map(({ source, containers, captured }, index) => ({
    label: `${label(source, containers)}${captured === undefined ? '' : ' captured'}`,
    title: title(source),
    colour: (from + index) % colours,
    log: `${source.podUid}/${source.container}`,
    ...(captured === undefined ? {} : { captured }),
  }));
}

function label(source: LogSource, containers: number): string {
  const end = source.pod.slice(source.pod.lastIndexOf('-') + 1);
  const container = containers > 1 ? ` ${source.container}` : '';
  return `${source.revision === undefined ? '' : `${source.revision}·`}${end}${container}`;
}

function title(source: LogSource): string {
  const revision = source.revision === undefined ? '' : ` of revision ${source.revision}`;
  const run = source.previous ? ', previous run' : '';
  return `Container ${source.container} of pod ${source.pod}${revision}${run}`;
}

/**
 * Lines as UTF-8 JSON of `LogLineTuple[]`: bytes cross to the webview without being copied as text. Throws RangeError for a line
 * whose source has no index.
 */
export function encodeLogLines(
  lines: readonly LogLine[],
  indexOf: (source: LogSource) => number | undefined,
): Uint8Array {
  const tuples = lines.map(({ source, at, level, text, gap }): LogLineTuple => {
    const index = indexOf(source);
    if (index === undefined) throw new RangeError(`The log source of ${source.pod} was not announced.`);
    return [index, at, gap ? 'gap' : (level ?? null), text];
  });
  return new TextEncoder().encode(JSON.stringify(tuples));
}

type SessionStatus = Omit<LogStatusModel, 'scope' | 'previous' | 'message' | 'captured' | 'recorded'> & {
  readonly message: string | undefined;
};

/** What of a log was captured before its pods went. */
export interface CaptureInLog {
  readonly count: number;
  readonly cutLines: number;
  readonly notice: string;
  readonly summary: { readonly capturedAt: string };
}

/** A session's status as the panel shows it, with what is shown in words (`scope`). */
export function logStatusModel(
  status: SessionStatus,
  scope: string,
  previous: boolean,
  captured?: CaptureInLog,
): LogStatusModel {
  const { message, ...rest } = status;
  return {
    ...rest,
    scope,
    previous,
    ...(message === undefined
      ? {}
      : { message: captured === undefined ? message : `${message} What was captured is shown.` }),
    ...(captured === undefined
      ? {}
      : {
          captured: {
            at: captured.summary.capturedAt,
            lines: captured.count,
            cutLines: captured.cutLines,
            notice: captured.notice,
          },
        }),
  };
}

/** The status of a log of which nothing is followed; `part` is true where it is of some pods alone. */
export function recordedStatus(status: LogStatusModel, since: string, part: boolean): LogStatusModel {
  return { ...status, state: 'ended', since, message: recordedWords(status, part), recorded: true };
}

function recordedWords({ captured, previous, scope }: LogStatusModel, part: boolean): string {
  if (captured !== undefined)
    return 'What was captured in this run. Logs are followed in a run that goes on here.';
  if (previous) return `Of ${scope}, no container’s last run was captured in this run.`;
  return part
    ? `Nothing was kept of ${scope} in this run: only the failing revision’s lines are captured, before its pods go. What runs now is in Open Logs.`
    : 'No logs were captured in this run. Logs are followed in a run that goes on here.';
}

/** The ruled line where logs were captured: `1,217 lines of 3 containers captured, 40 older ones cut`. */
export function captureMark(summary: {
  readonly capturedAt: string;
  readonly sources: readonly { readonly lines: number }[];
  readonly cut: { readonly lines: number };
}): { readonly at: string; readonly text: string; readonly tone: 'ok' } {
  const { capturedAt: at, sources, cut } = summary;
  const lines = counted(
    sources.reduce((sum, source) => sum + source.lines, 0),
    'line',
  );
  const older = cut.lines === 0 ? '' : `, ${cut.lines.toLocaleString('en-US')} older ones cut`;
  return { at, text: `${lines} of ${counted(sources.length, 'container log')} captured${older}`, tone: 'ok' };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
