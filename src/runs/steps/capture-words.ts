import type { PodProblemKind, PodRecord } from '../../domain/rollout/records.ts';
import type { CheckResult, Seen } from '../../domain/runbook/checks.ts';
import { type PodUsage, usageWords } from '../../domain/usage/pod-usage.ts';
import { type CapturedSource, captureNotice, type CaptureSummary } from '../log-capture-index.ts';
import { seen, type StepPlace } from './step-handler.ts';

/** What pods use, by their names. */
export interface Usage {
  readonly pods: ReadonlyMap<string, PodUsage>;
  /** Why there is nothing, in words. */
  readonly missing: string | undefined;
}

/** Pods that have a row of their own, the worst first. */
const mostRows = 50;
/** Logs that could not be read whole and are named. */
const mostNamed = 20;

/** A pod with one of these never ran a container: that it has no log is no gap. */
const neverRan: ReadonlySet<PodProblemKind | undefined> = new Set<PodProblemKind>([
  'imagePull',
  'configuration',
  'startError',
  'unschedulable',
]);

/** What was kept of these pods. */
export function captureResult(
  place: StepPlace,
  pods: readonly PodRecord[],
  captured: CaptureSummary,
  usage: Usage,
): CheckResult {
  const silent = new Set(pods.filter((pod) => neverRan.has(pod.problem?.kind)).map(({ uid }) => uid));
  const own = captured.sources.filter(({ podUid }) => pods.some(({ uid }) => uid === podUid));
  const unread = own.filter(({ problem }) => problem !== undefined);
  const gaps = unread.filter(({ podUid, lines }) => !(lines === 0 && silent.has(podUid)));
  const lines = own.reduce((sum, source) => sum + source.lines, 0);
  const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0);
  const nothing = lines === 0 && gaps.length > 0;
  return {
    state: nothing ? 'failed' : gaps.length > 0 ? 'warning' : 'ok',
    summary: `${counted(pods.length, 'pod')}, ${counted(lines, 'line')}, ${counted(restarts, 'restart')}`,
    ...(nothing
      ? {
          detail: 'No log of the failing pods can be read: after the rollback nothing tells what they wrote.',
        }
      : {}),
    evidence: [
      ...keptWords(place, captured),
      ...unread
        .slice(0, mostNamed)
        .map((source) =>
          seen(
            place,
            `${sourceWords(source)}: ${source.problem ?? ''}`,
            gaps.includes(source) ? 'warning' : 'plain',
          ),
        ),
      ...moreWords(
        place,
        unread.length - mostNamed,
        'log that was not read whole',
        'logs that were not read whole',
      ),
      ...moreWords(place, pods.length - mostRows, 'pod below these', 'pods below these'),
      ...(usage.missing === undefined
        ? []
        : [seen(place, `CPU and memory are not measured: ${usage.missing}.`, 'plain')]),
    ],
    table: {
      columns: ['Pod', 'State', 'Restarts', 'Last end', 'CPU', 'Memory', 'Log lines'],
      rows: pods.slice(0, mostRows).map((pod) => ({
        cells: [
          pod.name,
          pod.state,
          String(pod.restarts),
          endWords(pod),
          used(usage.pods.get(pod.name), 'cpu'),
          used(usage.pods.get(pod.name), 'memory'),
          String(
            own.filter(({ podUid }) => podUid === pod.uid).reduce((sum, source) => sum + source.lines, 0),
          ),
        ],
        tone: pod.failing ? 'failed' : pod.ready ? 'ok' : 'plain',
      })),
    },
    ...(nothing
      ? { advice: [{ words: 'Look whether a pod’s log can be shown at all.', action: 'showLogs' } as const] }
      : {}),
  };
}

function moreWords(place: StepPlace, count: number, one: string, many: string): readonly Seen[] {
  return count <= 0 ? [] : [seen(place, `And ${count} more ${count === 1 ? one : many}.`, 'plain')];
}

/** The pods are gone; what was kept before stays. */
export function capturedEarlier(place: StepPlace, captured: CaptureSummary): CheckResult {
  const lines = captured.sources.reduce((sum, source) => sum + source.lines, 0);
  return {
    state: 'ok',
    summary: `${counted(lines, 'line')} kept before`,
    detail: 'The pods of the failing revision are gone; what was kept of them before is still here.',
    evidence: keptWords(place, captured),
  };
}

function keptWords(place: StepPlace, { sources, bytes, cut, capturedAt }: CaptureSummary): readonly Seen[] {
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  const kept = `${counted(lines, 'line')} of ${counted(sources.length, 'log')} (${mebi(bytes)}) are kept with this run. ${captureNotice}`;
  return [
    { text: kept, tone: 'ok', at: capturedAt },
    ...(cut.lines === 0
      ? []
      : [
          seen(
            place,
            `The oldest ${counted(cut.lines, 'line')} (${mebi(cut.bytes)}) were cut: a run keeps 64 MiB of logs.`,
            'warning',
          ),
        ]),
  ];
}

function sourceWords({ pod, container, previous }: CapturedSource): string {
  return `${pod} (${container}${previous ? ', the run before' : ''})`;
}

function endWords({ lastTermination: end }: PodRecord): string {
  return end === undefined ? '' : `${end.reason === '' ? 'ended' : end.reason} ${end.exitCode}`;
}

function used(usage: PodUsage | undefined, resource: 'cpu' | 'memory'): string {
  const amount = usage?.[resource].used;
  return amount === undefined ? '' : usageWords(resource, amount);
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

function mebi(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
