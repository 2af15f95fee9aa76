import { testedKubernetes } from '../binary/kubernetes-version.ts';
import { stage } from './stage.ts';

/** How a Node object with only a name becomes a Ready node whose kubelet answers on `kubeletPort`. */
export function nodeStages(kubeletPort: number): object[] {
  return [
    stage({
      name: 'node-initialize',
      kind: 'Node',
      when: [
        {
          key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
          operator: 'NotIn',
          values: ['True'],
        },
      ],
      steps: [{ patch: { subresource: 'status', root: 'status', template: nodeStatus(kubeletPort) } }],
    }),
  ];
}

function nodeStatus(kubeletPort: number): string {
  return [
    '{{ $now := Now }}',
    'conditions:',
    '{{ range NodeConditions }}',
    '- {type: {{ .type | Quote }}, status: {{ .status | Quote }}, reason: {{ .reason | Quote }}, message: {{ .message | Quote }},' +
      ' lastHeartbeatTime: {{ $now | Quote }}, lastTransitionTime: {{ $now | Quote }}}',
    '{{ end }}',
    'addresses:',
    '- {type: InternalIP, address: {{ NodeIP | Quote }}}',
    '- {type: Hostname, address: {{ .metadata.name | Quote }}}',
    `daemonEndpoints: {kubeletEndpoint: {Port: ${kubeletPort}}}`,
    'allocatable: {cpu: "64", memory: 256Gi, pods: "1000"}',
    'capacity: {cpu: "64", memory: 256Gi, pods: "1000"}',
    `nodeInfo: {architecture: amd64, operatingSystem: linux, kubeletVersion: ${testedKubernetes().git}, kubeProxyVersion: "",` +
      ' containerRuntimeVersion: "containerd://2.2.0", kernelVersion: 6.12.0, osImage: Test bed, machineID: "", systemUUID: "", bootID: ""}',
    'phase: Running',
  ].join('\n');
}
