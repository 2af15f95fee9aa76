import { figureTitles, figureWords } from '../../domain/figures/figure-words.ts';
import { normalizationRule } from '../../domain/figures/normalization-rule.ts';
import type { FigureId, FigureSample } from '../../domain/figures/sample.ts';
import { type FigureSeries, newest, seriesOf } from '../../domain/figures/series.ts';
import type { FigureModel } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';
import { courseOf, figureAxis } from './figures-course.ts';

/** What a figure says besides its title and course. */
type Said = Pick<FigureModel, 'value' | 'note' | 'tone'> & Partial<Pick<FigureModel, 'hint' | 'action'>>;

/** How old a sample may be and still be shown as what is, in ms: large deployments' logs are looked at less often. */
const currentMs = 5 * 60_000;

/** The numbers that one reads from afar, each with its course on one axis of time. */
export function figures(facts: PanelFacts): readonly FigureModel[] {
  const samples = facts.figures?.samples ?? [];
  const markAt = rollbackAt(facts);
  const axis = figureAxis(samples, markAt);
  const said: Readonly<Record<FigureId, Said>> = {
    ready: ready(facts),
    restarts: restarts(facts, samples, markAt),
    errorLines: errorLines(facts, seriesOf(samples, 'errorLines'), markAt),
    latency: latency(facts, seriesOf(samples, 'latency'), markAt),
    cpu: usage(facts, 'cpu', seriesOf(samples, 'cpu'), markAt),
    memory: usage(facts, 'memory', seriesOf(samples, 'memory'), markAt),
  };
  return (['ready', 'restarts', 'errorLines', 'latency', 'cpu', 'memory'] as const).map((id) => {
    const course = axis && courseOf(id, seriesOf(samples, id), axis);
    return { id, title: figureTitles[id], ...said[id], ...(course === undefined ? {} : { course }) };
  });
}

/** Ms since the epoch: when the rollback was written; undefined while it is not. */
function rollbackAt({ run: { rollback } }: PanelFacts): number | undefined {
  if (rollback?.outcome === undefined || rollback.outcome.kind === 'notApplied') return undefined;
  return Date.parse(rollback.outcomeAt ?? rollback.confirmedAt);
}

function ready({ records, condition }: PanelFacts): Said {
  const pods = records?.pods.filter(({ finished, terminating }) => !finished && !terminating) ?? [];
  const desired = records?.deployment.desired ?? 0;
  const unseen = records?.podsUnseen !== undefined;
  const count = unseen ? records.deployment.ready : pods.filter((pod) => pod.ready).length;
  const failing = condition?.failingPods.length ?? 0;
  return {
    value: records === undefined ? '–' : String(count),
    note: `of ${desired}`,
    tone: count >= desired && desired > 0 ? 'ok' : failing > 0 ? 'failed' : 'plain',
    ...(failing > 0 ? { hint: condition?.words ?? '' } : {}),
  };
}

function restarts(
  { records }: PanelFacts,
  samples: readonly FigureSample[],
  markAt: number | undefined,
): Said {
  if (records?.podsUnseen !== undefined) return { value: '–', note: 'pods cannot be seen', tone: 'plain' };
  if (records === undefined) return { value: '–', note: '', tone: 'plain' };
  const pods = records.pods.filter(({ finished, terminating }) => !finished && !terminating);
  const count = pods.reduce((sum, pod) => sum + pod.restarts, 0);
  const since = markAt === undefined ? undefined : risen(samples.filter(({ at }) => at >= markAt));
  const note = since === undefined ? 'in all' : `+${since} since`;
  const hint = since === undefined ? {} : { hint: `${since} since the rollback` };
  return { value: String(count), note, tone: (since ?? count) > 0 ? 'warning' : 'plain', ...hint };
}

/** What the sum rises by: it falls where a pod goes. */
function risen(samples: readonly FigureSample[]): number | undefined {
  const seen = samples.map((sample) => sample.restarts).filter((value) => value !== undefined);
  if (seen.length === 0) return undefined;
  return seen.reduce((sum, value, i) => sum + Math.max(0, value - (seen[i - 1] ?? value)), 0);
}

function errorLines(facts: PanelFacts, series: FigureSeries, markAt: number | undefined): Said {
  const now = current(facts, series, markAt);
  if (now === undefined) {
    const then = was(facts, 'errorLines', series, markAt);
    return { ...then, value: '–', note: then.note || 'not measured yet', tone: 'plain' };
  }
  const high = facts.figures?.baseline?.figures.errorLines?.high ?? 0;
  const { factor, more } = normalizationRule.tolerance.errorLines;
  const tone = now > Math.max(high * factor, high + more) ? 'failed' : 'plain';
  return { value: figureWords('errorLines', now), tone, ...was(facts, 'errorLines', series, markAt) };
}

function latency(facts: PanelFacts, series: FigureSeries, markAt: number | undefined): Said {
  const { health } = facts;
  if (health?.state === 'notConfigured')
    return {
      value: '–',
      note: 'not configured',
      tone: 'plain',
      action: { action: 'configureEndpoints', label: 'Set the address' },
    };
  if (health === undefined) return { value: '–', note: 'not asked yet', tone: 'plain' };
  const [status = '', took = ''] = health.summary.split(' · ');
  if (health.state !== 'ok') return { value: status, note: took, tone: 'failed' };
  return { value: took === '' ? status : took, tone: 'ok', ...was(facts, 'latency', series, markAt) };
}

function usage(
  facts: PanelFacts,
  id: 'cpu' | 'memory',
  series: FigureSeries,
  markAt: number | undefined,
): Said {
  const now = current(facts, series, markAt);
  if (now !== undefined)
    return { value: figureWords(id, now), tone: 'plain', ...was(facts, id, series, markAt) };
  const missing = facts.figures?.usageMissing;
  const hint =
    missing === 'no metrics-server'
      ? 'The cluster has no metrics API (metrics.k8s.io), which metrics-server serves'
      : 'get pods.metrics.k8s.io is not permitted';
  return {
    value: '–',
    note: missing ?? 'not measured yet',
    tone: 'plain',
    ...(missing === undefined ? {} : { hint }),
  };
}

/** What is, as far as it was seen lately: after a rollback nothing from before it. */
function current({ now }: PanelFacts, series: FigureSeries, markAt: number | undefined): number | undefined {
  const last = newest(series);
  const isCurrent = last !== undefined && Date.parse(now) - last.at <= currentMs && last.at >= (markAt ?? 0);
  return isCurrent ? last.value : undefined;
}

/** What it was at the rollback; before it, and where nothing was seen then, what it was before the failure. */
function was(
  { figures: recorded }: PanelFacts,
  id: Exclude<FigureId, 'ready' | 'restarts'>,
  series: FigureSeries,
  markAt: number | undefined,
): Pick<Said, 'note' | 'hint'> {
  const before = recorded?.baseline?.figures[id];
  const healthy =
    before === undefined
      ? 'unknown before the failure: nothing was recorded'
      : `${figureWords(id, before.median)} before the failure`;
  const atMark = markAt === undefined ? undefined : newest(series.filter(({ at }) => at < markAt));
  if (atMark !== undefined) {
    const words = figureWords(id, atMark.value);
    return { note: `was ${short(words)}`, hint: `${words} at the rollback; ${healthy}` };
  }
  const note = before === undefined ? '' : `was ${short(figureWords(id, before.median))}`;
  return { note, hint: healthy };
}

/** The unit stands beside it already. */
function short(words: string): string {
  return words.replace(/ ms$/, '');
}
