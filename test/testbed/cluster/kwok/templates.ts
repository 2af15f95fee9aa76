/*
 * Pieces of Go templates that print a pod's status as YAML. They are given the pod as `$`, and `$now` by `status`.
 */

/** A step that writes the pod's status. */
export function status(...lines: readonly string[]): object {
  return {
    patch: { subresource: 'status', root: 'status', template: ['{{ $now := Now }}', ...lines].join('\n') },
  };
}

const containerID =
  '{{ printf "containerd://%s" ( sha256sum ( printf "%s %s %v" $.metadata.uid .name $restarts ) ) | Quote }}';
const imageID = '{{ printf "sha256:%s" ( sha256sum .image ) | Quote }}';

/** What every pod has once its node took it, whatever becomes of its containers. */
export const placed = [
  'observedGeneration: {{ .metadata.generation }}',
  'hostIP: {{ NodeIPWith .spec.nodeName | Quote }}',
  'podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) .metadata.uid .metadata.name .metadata.namespace | Quote }}',
  'startTime: {{ $now | Quote }}',
];

/** One entry of `conditions`. Reason and message of an earlier transition are taken away by null. */
export function condition(type: string, value: boolean, reason?: string, message?: string): string {
  const why = `reason: ${reason ?? 'null'}, message: ${message === undefined ? 'null' : message}`;
  return `- {type: ${type}, status: "${value ? 'True' : 'False'}", lastTransitionTime: {{ $now | Quote }}, ${why}}`;
}

/** `conditions` of a pod that runs, Ready or not. */
export function conditions(ready: boolean, initialized = true): string[] {
  const unready =
    '{{ printf "containers with unready status: [%s]" ( index .spec.containers 0 ).name | Quote }}';
  const why = ready ? [] : (['ContainersNotReady', unready] as const);
  return [
    'conditions:',
    condition('PodReadyToStartContainers', true),
    initialized
      ? condition('Initialized', true)
      : condition('Initialized', false, 'ContainersNotInitialized', '"containers with incomplete status"'),
    condition('Ready', ready, ...why),
    condition('ContainersReady', ready, ...why),
    ...(ready
      ? [
          '{{ range .spec.readinessGates }}',
          '- {type: {{ .conditionType | Quote }}, status: "True", lastTransitionTime: {{ $now | Quote }}}',
          '{{ end }}',
        ]
      : []),
  ];
}

/** `containerStatuses` of a first start: the first container as told, the others running and ready. */
export function firstStart(ready: boolean, started = true): string[] {
  return [
    'containerStatuses:',
    '{{ range $i, $c := .spec.containers }}{{ with $c }}{{ $restarts := 0 }}',
    `- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: ${imageID}, containerID: ${containerID},` +
      ` ready: {{ or ${ready} ( gt $i 0 ) }}, started: {{ or ${started} ( gt $i 0 ) }}, restartCount: 0,` +
      ' state: {running: {startedAt: {{ $now | Quote }}}}}',
    '{{ end }}{{ end }}',
    ...initContainersDone,
  ];
}

/** Init containers that did their work; those with restartPolicy Always (sidecars) go on running. */
const initContainersDone = [
  '{{ with .spec.initContainers }}',
  'initContainerStatuses:',
  '{{ range . }}{{ $restarts := 0 }}',
  `- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: ${imageID}, containerID: ${containerID}, ready: true, restartCount: 0,` +
    ' {{ if eq ( or .restartPolicy "" ) "Always" }}started: true, state: {running: {startedAt: {{ $now | Quote }}}}' +
    '{{ else }}state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }}}}{{ end }}}',
  '{{ end }}{{ end }}',
];

/** `containerStatuses` of containers that never ran, the first for that reason. */
export function neverRan(reason: string, message: string): string[] {
  return [
    'containerStatuses:',
    '{{ range .spec.containers }}',
    '- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", ready: false, started: false, restartCount: 0,' +
      ` state: {waiting: {reason: ${reason}, message: ${message}}}}`,
    '{{ end }}',
  ];
}

/**
 * The first of a list of container statuses as told, the others as they are. `change` may use `.` (the status as it
 * is) and `$restarts` (its restartCount).
 */
export function changeFirst(list: 'containerStatuses' | 'initContainerStatuses', change: string): string[] {
  return [
    `${list}:`,
    `{{ range $i, $c := .status.${list} }}{{ with $c }}{{ $restarts := int .restartCount }}{{ if eq $i 0 }}`,
    `- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: ${imageID}, ${change}}`,
    '{{ else }}',
    '- {{ . | toJson }}',
    '{{ end }}{{ end }}{{ end }}',
  ];
}

/** The container of `changeFirst` ran until now. */
export function terminated(exitCode: number | string, reason: string): string {
  return (
    `terminated: {exitCode: ${exitCode}, reason: ${reason}, startedAt: {{ .state.running.startedAt | Quote }},` +
    ` finishedAt: {{ $now | Quote }}, containerID: ${containerID}}`
  );
}

/** The container of `changeFirst` runs again: what it ended with becomes its last state. */
export function restarted(started: boolean, ended: string): string {
  return (
    `{{ $restarts = add $restarts 1 }}containerID: ${containerID}, ready: false, started: ${started}, restartCount: {{ $restarts }},` +
    ` state: {running: {startedAt: {{ $now | Quote }}}}, lastState: ${ended}`
  );
}

/** The container of `changeFirst` waits before it is started again. */
export const crashLoopBackOff =
  'ready: false, started: false, restartCount: {{ $restarts }}, lastState: {{ .state | toJson }}, state: {waiting: {reason: CrashLoopBackOff,' +
  ' message: {{ printf "back-off %s restarting failed container=%s pod=%s_%s(%s)"' +
  ' ( index ( list "10s" "10s" "20s" "40s" "1m20s" "2m40s" "5m0s" ) ( min $restarts 6 | int ) )' +
  ' .name $.metadata.name $.metadata.namespace $.metadata.uid | Quote }}}}';
