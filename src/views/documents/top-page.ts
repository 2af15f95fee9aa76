import {
  type Amount,
  percentOf,
  type PodUsage,
  totalUsage,
  type Usage,
  usageWords,
} from '../../domain/usage/pod-usage.ts';
import { age } from '../age.ts';
import { localTime } from '../local-time.ts';
import { columns } from './columns.ts';
import { type Line, type Page, page, type Part, toned } from './page.ts';

/** Pods shown of a namespace: those that use the most memory. */
export const podsShown = 500;
const barCells = 8;
/** Percent of a limit from which it is near, and from which the next step is being throttled or killed. */
const nearLimit = 75;
const atLimit = 90;
/** A sample older than this, in ms, is told as old: metrics-server measures every 15 to 60 s. */
const oldSampleMs = 120_000;
/** A container is measured after two rounds, in ms. */
const youngMs = 120_000;

export interface TopInput {
  readonly subject: string;
  readonly place: string;
  readonly pods: readonly PodUsage[];
  /** Why nothing is known of the usage, and what to do; undefined where it is known. */
  readonly refused: { readonly message: string; readonly hint: string } | undefined;
  /** Why requests and limits are not known. */
  readonly withoutPods: string | undefined;
  readonly everySeconds: number;
  /** ms since the epoch. */
  readonly now: number;
}

/** What pods use of CPU and memory against their requests and limits, as a table. */
export function topPage({ subject, place, pods, refused, withoutPods, everySeconds, now }: TopInput): Page {
  const shown = pods.length <= podsShown ? pods : heaviest(pods);
  return page([
    [toned('heading', `CPU and memory of ${subject}`)],
    [toned('faint', place)],
    ...(refused === undefined
      ? [sampleLine(pods, everySeconds, now)]
      : [
          [toned('failed', `✗ ${refused.message}`)],
          [refused.hint],
          [toned('faint', `It is asked again every ${everySeconds} seconds.`)],
        ]),
    ...(withoutPods === undefined
      ? []
      : [[toned('warning', `⚠ Requests and limits are not known: ${withoutPods}`)]]),
    [],
    ...(pods.length === 0
      ? [['There are no pods here.']]
      : columns(
          [
            headings.map((text) => toned('faint', text)),
            ...shown.flatMap((pod) => podRows(pod, refused === undefined ? noteOf(pod, now) : '')),
            ...(pods.length > 1 ? [usageCells(`${pods.length} pods`, '', totalUsage(pods), '')] : []),
          ],
          [2, 3, 4, 5, 6, 8, 9, 10, 11, 12],
        )),
    ...(shown.length < pods.length
      ? [[], [toned('faint', `The ${podsShown} pods with the most memory of ${pods.length} are shown.`)]]
      : []),
  ]);
}

const amountHeadings = ['', 'REQUEST', '', 'LIMIT', ''];
const headings = ['POD', 'CONTAINER', 'CPU', ...amountHeadings, 'MEMORY', ...amountHeadings];

function heaviest(pods: readonly PodUsage[]): readonly PodUsage[] {
  const used = ({ memory }: PodUsage) => memory.used ?? 0n;
  const most = new Set(pods.toSorted((a, b) => Number(used(b) - used(a))).slice(0, podsShown));
  return pods.filter((pod) => most.has(pod));
}

function sampleLine(pods: readonly PodUsage[], everySeconds: number, now: number): Line {
  const samples = pods.flatMap(({ sampledAt }) => sampledAt ?? []).toSorted();
  const [oldest] = samples;
  const newest = samples.at(-1);
  if (oldest === undefined || newest === undefined)
    return pods.length === 0
      ? []
      : [
          toned(
            'warning',
            '◌ No metrics yet: metrics-server measures a container some 30 to 60 seconds after it starts.',
          ),
        ];
  const ages = [age(newest, now), age(oldest, now)];
  const words = ages[0] === ages[1] ? `${ages[0]} ago` : `${ages[0]} to ${ages[1]} ago`;
  const old = now - Date.parse(oldest) > oldSampleMs;
  return [
    toned(old ? 'warning' : 'ok', old ? '⚠ Old sample' : '● Live'),
    toned('faint', ` · measured ${words} (${localTime(newest, now)}) · asked every ${everySeconds} s`),
  ];
}

function podRows(pod: PodUsage, note: Part): readonly (readonly Part[])[] {
  const [only, ...others] = pod.containers;
  if (only !== undefined && others.length === 0) return [usageCells(pod.name, only.name, pod, note)];
  return [
    usageCells(pod.name, `${pod.containers.length} containers`, pod, note),
    ...pod.containers.map((container) => usageCells('', container.name, container, '')),
  ];
}

/** Why a pod has no figures. */
function noteOf({ sampledAt, state, runningSince }: PodUsage, now: number): Part {
  if (sampledAt !== undefined || state === undefined) return '';
  if (runningSince === undefined) return toned('warning', `no metrics: ${state}`);
  const young = now - Date.parse(runningSince) < youngMs;
  return young
    ? toned('faint', `no metrics yet: runs since ${age(runningSince, now)}`)
    : toned('warning', `no metrics: ${state}`);
}

function usageCells(pod: string, container: string, usage: Usage, note: Part): readonly Part[] {
  return [pod, container, ...amountCells('cpu', usage.cpu), ...amountCells('memory', usage.memory), note];
}

/** The figure, its share of the request, the share of the limit, a bar of that. */
function amountCells(resource: 'cpu' | 'memory', { used, request, limit }: Amount): readonly Part[] {
  const figure = used === undefined ? '—' : usageWords(resource, used);
  const ofLimit = percentOf(used, limit);
  const tone =
    ofLimit === undefined || ofLimit < nearLimit ? undefined : ofLimit < atLimit ? 'warning' : 'failed';
  const told = (text: string): Part => (tone === undefined ? text : toned(tone, text));
  return [
    told(figure),
    shareCell(percentOf(used, request)),
    request === undefined ? toned('faint', 'no request') : whole(resource, request),
    told(shareCell(ofLimit)),
    limit === undefined ? toned('faint', 'no limit') : whole(resource, limit),
    told(bar(ofLimit)),
  ];
}

function shareCell(percent: number | undefined): string {
  return percent === undefined ? '' : `${Math.floor(percent)} %`;
}

function whole(resource: 'cpu' | 'memory', amount: bigint): string {
  return `of ${usageWords(resource, amount)}`;
}

function bar(percent: number | undefined): string {
  if (percent === undefined) return '';
  const full = Math.min(barCells, Math.max(percent > 0 ? 1 : 0, Math.round((percent / 100) * barCells)));
  return '█'.repeat(full) + '░'.repeat(barCells - full);
}
