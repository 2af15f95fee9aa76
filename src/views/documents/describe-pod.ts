import type { EventRecord } from '../../domain/events/event-record.ts';
import { foldEvents } from '../../domain/events/event-folding.ts';
import type { PodJson, VolumeJson } from '../../domain/rollout/json.ts';
import { podCause } from '../../domain/rollout/pod-cause.ts';
import { podRecord } from '../../domain/rollout/pod-record.ts';
import { containerLines } from './describe-container.ts';
import { conditionLines, facts, pairs, section, timeWords } from './describe-parts.ts';
import { eventsFoot, eventLines, type Seen } from './events-page.ts';
import { type Line, type Page, page, toned, tonedIf } from './page.ts';

/** Lines of events in a description: the last ones. */
const eventsShown = 50;

/** What is said of an object, and how well that is known. */
export interface DescribedEvents {
  readonly events: readonly EventRecord[];
  readonly seen: Seen;
}

export interface DescribedPod extends DescribedEvents {
  readonly context: string;
  readonly pod: PodJson;
  /** ms since the epoch. */
  readonly now: number;
}

/** A pod as text: what it is, why it is not ready, its containers as they run, and what was said of it. */
export function describePod({ context, pod, events, seen, now }: DescribedPod): Page {
  const { metadata, spec, status } = pod;
  const record = podRecord(pod);
  const cause = podCause(record);
  const controller = metadata?.ownerReferences?.find((owner) => owner.controller === true);
  const statuses = new Map(
    [
      ...(status?.initContainerStatuses ?? []),
      ...(status?.containerStatuses ?? []),
      ...(status?.ephemeralContainerStatuses ?? []),
    ].map((one) => [one.name, one]),
  );
  const containers = (of: readonly Parameters<typeof containerLines>[0][] | undefined): readonly Line[] =>
    (of ?? []).flatMap((one) => containerLines(one, statuses.get(one.name), now));
  return page([
    [toned('heading', `Pod ${record.name}`)],
    [toned('faint', `${record.namespace} in ${context}`)],
    [],
    ...facts([
      ['Status', tonedIf(record.failing, 'failed', record.state)],
      ['Cause', cause === '' ? undefined : toned('failed', `✗ ${cause}`)],
      ['Ready', record.ready ? toned('ok', 'yes') : toned('warning', 'no')],
      ['Created', timeWords(record.createdAt, now)],
      ['Deleted', timeWords(metadata?.deletionTimestamp, now)],
      ['Controlled by', controller && `${controller.kind} ${controller.name}`],
      ['Node', record.node ?? 'none yet'],
      ['Addresses', (status?.podIPs ?? []).map(({ ip }) => ip).join(', ')],
      ['Service account', spec?.serviceAccountName],
      ['QoS class', status?.qosClass],
      ['Priority class', spec?.priorityClassName],
      ['Node selector', pairs(spec?.nodeSelector)],
      ['Labels', pairs(metadata?.labels)],
      ['Annotations', pairs(metadata?.annotations)],
    ]),
    ...section(
      'Conditions',
      conditionLines(
        status?.conditions ?? [],
        ({ status: value }) => value !== 'True' && !record.finished,
        now,
      ),
    ),
    ...section('Init containers', containers(spec?.initContainers)),
    ...section('Containers', containers(spec?.containers)),
    ...section('Ephemeral containers', containers(spec?.ephemeralContainers)),
    ...section('Volumes', facts((spec?.volumes ?? []).map((volume) => [volume.name, volumeWords(volume)]))),
    ...describedEvents({ events, seen }, now),
  ]);
}

/** Where a volume comes from: `ConfigMap settings`, `Secret api`, never what is in it. */
function volumeWords(volume: VolumeJson): string {
  const { configMap, secret, persistentVolumeClaim: claim, hostPath, projected } = volume;
  if (configMap) return `ConfigMap ${configMap.name}`;
  if (secret) return `Secret ${secret.secretName ?? '?'}`;
  if (claim) return `PersistentVolumeClaim ${claim.claimName}${claim.readOnly ? ' (read-only)' : ''}`;
  if (hostPath) return `the node’s ${hostPath.path}`;
  if (projected) {
    const sources = (projected.sources ?? []).map(
      ({ configMap: map, secret: hidden, serviceAccountToken: token }) =>
        map
          ? `ConfigMap ${map.name}`
          : hidden
            ? `Secret ${hidden.name}`
            : token
              ? 'service account token'
              : 'pod fields',
    );
    return `projected: ${sources.join(', ')}`;
  }
  return Object.keys(volume).find((field) => field !== 'name') ?? 'emptyDir';
}

/** The last events as a section, with how well they are known. */
export function describedEvents({ events, seen }: DescribedEvents, now: number): readonly Line[] {
  const all = foldEvents(events);
  const shown = all.slice(-eventsShown);
  const more = all.length - shown.length;
  return section('Events', [
    ...(more > 0 ? [[toned('faint', `… ${more} older lines: Show Events has them.`)]] : []),
    ...(shown.length > 0 ? eventLines(shown, now) : []),
    eventsFoot(seen, all, now),
  ]);
}
