import {
  countedErrors,
  errorLooks,
  mostErrorLines,
  returnedErrors,
} from '../../domain/figures/error-looks.ts';
import { figureWords } from '../../domain/figures/figure-words.ts';
import { normalizationRule } from '../../domain/figures/normalization-rule.ts';
import type { Seen } from '../../domain/runbook/checks.ts';
import type { WatchFinding } from '../../domain/runbook/rollback-watch.ts';
import { errorLinesSince } from '../error-lines.ts';
import { seen, type StepPlace } from './step-handler.ts';

/** What the logs say of a time that was not watched. */
export interface MissedErrors {
  readonly finding?: WatchFinding;
  readonly evidence: readonly Seen[];
}

/** Reads what the pods of the revision have written since a time (ms since the epoch), for where nobody counted meanwhile. */
export async function missedErrors(
  place: StepPlace,
  since: number,
  signal: AbortSignal,
): Promise<MissedErrors> {
  const { connection, run, clock, settings } = place;
  const records = connection.store.find(run.target.namespace, run.target.name);
  const pods = (records?.pods ?? []).filter(
    ({ ownerUid, terminating }) => ownerUid === run.rollback?.to.replicaSetUid && !terminating,
  );
  const found = await errorLinesSince(connection.api, pods, new Date(since).toISOString(), { signal });
  const minutes = Math.max(1, (clock.now() - since) / 60_000);
  const confirmed = Date.parse(run.rollback?.confirmedAt ?? '');
  const most =
    mostErrorLines(settings.figures()?.recorded(confirmed).baseline) ??
    normalizationRule.tolerance.errorLines.more;
  const rate = found.count / minutes;
  const counted = `${found.count} error lines in ${found.examined.toLocaleString('en')} lines since ${new Date(since).toISOString()}`;
  const evidence = [
    seen(place, counted, found.count === 0 ? 'ok' : 'plain'),
    ...found.unread.map(({ source, message }) =>
      seen(place, `The log of ${source.pod} (${source.container}) cannot be read: ${message}`, 'warning'),
    ),
    ...(found.truncated ? [seen(place, 'A log was too long to be looked at to its end.', 'warning')] : []),
  ];
  return rate > most ? { finding: errorsFinding(rate, most), evidence } : { evidence };
}

/** What was counted since a time (ms since the epoch): whether errors have come back, and the sum of it as evidence. */
export function watchedErrors(
  place: StepPlace,
  since: number,
): MissedErrors & { readonly isCounted: boolean } {
  const { run, settings } = place;
  const confirmed = Date.parse(run.rollback?.confirmedAt ?? '');
  const { samples, baseline } = settings.figures()?.recorded(confirmed) ?? {
    samples: [],
    baseline: undefined,
  };
  const all = errorLooks(samples);
  const looks = all.filter(({ from }) => from >= since);
  const count = countedErrors(looks);
  if (count === undefined) return { isCounted: false, evidence: [] };
  const whileFailing = countedErrors(all.filter(({ at, failing }) => failing && at <= confirmed));
  const returned = returnedErrors(looks, baseline, whileFailing);
  const words = `${figureWords('errorLines', count.perMinute)} error lines per minute in ${count.looks} looks at the logs`;
  const evidence = [seen(place, words, 'ok')];
  if (returned === undefined) return { isCounted: true, evidence };
  return {
    isCounted: true,
    evidence,
    finding: errorsFinding(returned.count.perMinute, returned.most),
  };
}

function errorsFinding(rate: number, most: number): WatchFinding {
  const [now, limit] = [rate, most].map((value) => figureWords('errorLines', value));
  return {
    kind: 'errors',
    summary: 'errors are back',
    words: `Errors are back: ${now} lines of level error or worse per minute, more than ${limit}.`,
  };
}
