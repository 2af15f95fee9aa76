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
    label: label(source, containers),
    title: title(source),
    colour: (from + index) % colours,
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

/** A session's status as the panel shows it, with what is shown in words (`scope`). */
export function logStatusModel(
  status: Omit<LogStatusModel, 'scope' | 'previous' | 'message'> & { readonly message: string | undefined },
  scope: string,
  previous: boolean,
): LogStatusModel {
  const { message, ...rest } = status;
  return { ...rest, scope, previous, ...(message === undefined ? {} : { message }) };
}
