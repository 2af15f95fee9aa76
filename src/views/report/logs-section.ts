import { sgrEscape } from '../../domain/logs/ansi.ts';
import type { LogLine } from '../../domain/logs/line.ts';
import { redact } from '../../domain/redact.ts';
import type { Incident } from '../../domain/report/incident.ts';
import { fenced, prose, plain } from './markdown.ts';
import type { CapturedExcerpt } from './report-input.ts';
import { type ReportClock, zonedTime } from './times.ts';

const mostAfter = 20;

/** Error lines of the failing pods before the rollback, and what the logs said after it. */
export function logsSection(
  incident: Incident,
  captured: CapturedExcerpt | undefined,
  clock: ReportClock,
): string {
  return `### Before the rollback\n\n${before(captured, clock)}\n\n### After the rollback\n\n${after(incident)}`;
}

function before(captured: CapturedExcerpt | undefined, clock: ReportClock): string {
  if (captured === undefined) return 'No logs of the failing pods were captured in this run.';
  const { errors, lines, containers, capturedAt } = captured;
  const all = `${lines} ${lines === 1 ? 'line' : 'lines'} of ${containers} ${containers === 1 ? 'log' : 'logs'}`;
  const head = prose`${plain(all)} captured at ${plain(zonedTime(capturedAt, clock))}, which are kept with the run.`;
  if (errors.length === 0) return prose`${head} None of them is of level error or worse.`;
  return `${head} The newest of level error or worse, in UTC:\n\n${fenced(logLines(errors))}`;
}

/** Each line with where it comes from; without, where a secret stood on several lines, which are not told apart then. */
function logLines(errors: readonly LogLine[]): readonly string[] {
  const texts = redact(errors.map(({ text }) => text.replaceAll(sgrEscape, '')).join('\n')).split('\n');
  if (texts.length !== errors.length) return texts;
  return errors.map(({ source: { pod, container, previous }, at }, i) => {
    const run = previous ? ' (previous run)' : '';
    return `${at} ${pod}/${container}${run}: ${texts[i] ?? ''}`;
  });
}

function after({ run: { steps } }: Incident): string {
  const result = steps.logs?.result;
  if (result === undefined) return 'The logs since the rollback were not looked at.';
  const { summary, evidence } = result;
  const lines = evidence.slice(0, mostAfter).map(({ text }) => text);
  return lines.length === 0 ? prose`${plain(summary)}` : `${prose`${plain(summary)}`}\n\n${fenced(lines)}`;
}
