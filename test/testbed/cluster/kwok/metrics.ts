/** What a kubelet tells metrics-server under /metrics/resource. `value` is kwok's CEL. */
interface ResourceMetric {
  readonly name: string;
  readonly dimension: 'container' | 'pod' | 'node';
  readonly kind: 'gauge' | 'counter';
  readonly value: string;
}

const METRICS: readonly ResourceMetric[] = [
  { name: 'scrape_error', dimension: 'node', kind: 'gauge', value: '0' },
  {
    name: 'container_start_time_seconds',
    dimension: 'container',
    kind: 'gauge',
    value: 'pod.SinceSecond()',
  },
  {
    name: 'container_cpu_usage_seconds_total',
    dimension: 'container',
    kind: 'counter',
    value: 'pod.CumulativeUsage("cpu", container.name)',
  },
  {
    name: 'container_memory_working_set_bytes',
    dimension: 'container',
    kind: 'gauge',
    value: 'pod.Usage("memory", container.name)',
  },
  {
    name: 'pod_cpu_usage_seconds_total',
    dimension: 'pod',
    kind: 'counter',
    value: 'pod.CumulativeUsage("cpu")',
  },
  { name: 'pod_memory_working_set_bytes', dimension: 'pod', kind: 'gauge', value: 'pod.Usage("memory")' },
  {
    name: 'node_cpu_usage_seconds_total',
    dimension: 'node',
    kind: 'counter',
    value: 'node.CumulativeUsage("cpu")',
  },
  { name: 'node_memory_working_set_bytes', dimension: 'node', kind: 'gauge', value: 'node.Usage("memory")' },
];

/** The path on each node's kubelet that the Node's annotation of that name must point to. */
export const RESOURCE_METRICS_ANNOTATION = 'metrics.k8s.io/resource-metrics-path';

export function resourceMetricsPath(node: string): string {
  return `/metrics/nodes/${node}/metrics/resource`;
}

/**
 * What containers use: a pod's annotations `kwok.x-k8s.io/usage-cpu` and `usage-memory` say it for each of its
 * containers, 1m and 1Mi where they are absent.
 */
export function usageMetrics(): object[] {
  const labels = {
    container: [
      { name: 'container', value: 'container.name' },
      { name: 'namespace', value: 'pod.metadata.namespace' },
      { name: 'pod', value: 'pod.metadata.name' },
    ],
    pod: [
      { name: 'namespace', value: 'pod.metadata.namespace' },
      { name: 'pod', value: 'pod.metadata.name' },
    ],
    node: [],
  };
  return [
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'Metric',
      metadata: { name: 'metrics-resource' },
      spec: {
        path: resourceMetricsPath('{nodeName}'),
        metrics: METRICS.map((metric) => ({
          ...metric,
          help: metric.name,
          labels: labels[metric.dimension],
        })),
      },
    },
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterResourceUsage',
      metadata: { name: 'usage-from-annotations' },
      spec: {
        usages: [
          {
            usage: {
              cpu: { expression: fromAnnotation('cpu', '1m') },
              memory: { expression: fromAnnotation('memory', '1Mi') },
            },
          },
        ],
      },
    },
  ];
}

function fromAnnotation(resource: 'cpu' | 'memory', otherwise: string): string {
  const key = `"kwok.x-k8s.io/usage-${resource}"`;
  return `${key} in pod.metadata.annotations ? Quantity(pod.metadata.annotations[${key}]) : Quantity("${otherwise}")`;
}
