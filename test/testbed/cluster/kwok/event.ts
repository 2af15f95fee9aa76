/**
 * A step that tells an Event as the kubelet does: one object per pod and reason, counted up when it comes again.
 * `message` is a Go template on the pod that prints text; `before` can define variables for it.
 */
export function event(type: 'Normal' | 'Warning', reason: string, message: string, before = ''): object {
  const identity = `( sha256sum ( printf "%s %s %s" .metadata.uid "${reason}" $message ) | trunc 16 )`;
  return {
    apply: {
      template: [
        `${before}{{ $now := Now }}{{ $message := ${message} }}`,
        'apiVersion: v1',
        'kind: Event',
        `metadata: {namespace: {{ .metadata.namespace | Quote }}, name: {{ printf "%s.%s" .metadata.name ${identity} | Quote }}}`,
        'involvedObject: {apiVersion: v1, kind: Pod, namespace: {{ .metadata.namespace | Quote }}, name: {{ .metadata.name | Quote }},' +
          ' uid: {{ .metadata.uid | Quote }}, fieldPath: {{ printf "spec.containers{%s}" ( index .spec.containers 0 ).name | Quote }}}',
        `type: ${type}`,
        `reason: ${reason}`,
        'message: {{ $message | Quote }}',
        'source: {component: kubelet, host: {{ .spec.nodeName | Quote }}}',
        'reportingComponent: kubelet',
        'reportingInstance: {{ .spec.nodeName | Quote }}',
        'firstTimestamp: {{ or .status.startTime $now | Quote }}',
        'lastTimestamp: {{ $now | Quote }}',
        'count: {{ with .status.containerStatuses }}{{ add ( index . 0 ).restartCount 1 }}{{ else }}1{{ end }}',
      ].join('\n'),
    },
  };
}

/** The first container's name, as a template inside another one. */
export const containerName = '( index .spec.containers 0 ).name';
/** The first container's image, likewise. */
export const containerImage = '( index .spec.containers 0 ).image';
