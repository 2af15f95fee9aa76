/**
 * Where the JSON of a pod template means something else than its text: the few places of Go's PodTemplateSpec
 * (k8s.io/api/core/v1/types.go) that hold quantities, maps, or structs by value. Fields that are not named are
 * pointers to structs, lists or scalars, whose JSON is compared as it stands. Lists have the shape of their elements.
 */
export type Shape =
  | { readonly kind: 'quantity'; /** By value in Go, where an absent one is 0. */ readonly orZero: boolean }
  | { readonly kind: 'map'; /** Of each value. */ readonly values: Shape }
  | {
      readonly kind: 'struct';
      /** By value in Go: an empty one is the same as none. */
      readonly byValue: boolean;
      readonly fields: Readonly<Record<string, Shape>>;
    };

function struct(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: 'struct', byValue: false, fields };
}

function value(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: 'struct', byValue: true, fields };
}

/** A scalar, a list of scalars, or a struct of which nothing special is known. */
const plain: Shape = struct({});

const quantity: Shape = { kind: 'quantity', orZero: false };
const quantities: Shape = { kind: 'map', values: quantity };
const strings: Shape = { kind: 'map', values: plain };

const metadata = value({ labels: strings, annotations: strings });
const selector = struct({ matchLabels: strings });
const resourceAmounts = { limits: quantities, requests: quantities };
const fieldReference = struct({ divisor: { kind: 'quantity', orZero: true } });

const container = struct({
  resources: value(resourceAmounts),
  env: struct({ valueFrom: struct({ resourceFieldRef: fieldReference }) }),
});

const downwardApi = struct({ items: struct({ resourceFieldRef: fieldReference }) });
const claimSpec = value({ selector, resources: value(resourceAmounts) });
const volume = struct({
  emptyDir: struct({ sizeLimit: quantity }),
  downwardAPI: downwardApi,
  csi: struct({ volumeAttributes: strings }),
  flexVolume: struct({ options: strings }),
  ephemeral: struct({ volumeClaimTemplate: struct({ metadata, spec: claimSpec }) }),
  projected: struct({
    sources: struct({
      downwardAPI: downwardApi,
      clusterTrustBundle: struct({ labelSelector: selector }),
      podCertificate: struct({ userAnnotations: strings }),
    }),
  }),
});

const podAffinityTerm = { labelSelector: selector, namespaceSelector: selector };
const podAffinity = struct({
  requiredDuringSchedulingIgnoredDuringExecution: struct(podAffinityTerm),
  preferredDuringSchedulingIgnoredDuringExecution: struct({ podAffinityTerm: value(podAffinityTerm) }),
});
const nodeAffinity = struct({
  preferredDuringSchedulingIgnoredDuringExecution: struct({ preference: value({}) }),
});

/** The shape of a pod template. */
export const templateShape: Shape = value({
  metadata,
  spec: value({
    containers: container,
    initContainers: container,
    ephemeralContainers: container,
    volumes: volume,
    nodeSelector: strings,
    overhead: quantities,
    resources: struct(resourceAmounts),
    affinity: struct({ nodeAffinity, podAffinity, podAntiAffinity: podAffinity }),
    topologySpreadConstraints: struct({ labelSelector: selector }),
  }),
});

/** The shape of a field, or of a map's value, below `shape`. */
export function shapeBelow(shape: Shape, key: string): Shape {
  if (shape.kind === 'map') return shape.values;
  if (shape.kind === 'quantity') return plain;
  return Object.hasOwn(shape.fields, key) ? (shape.fields[key] ?? plain) : plain;
}
