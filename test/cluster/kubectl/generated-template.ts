import fc from 'fast-check';

/** What one pod template says more than another: fields of its container `app`, its spec, its metadata. */
export interface GeneratedTemplate {
  readonly container?: object;
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Few images, so that templates are often equal by chance. */
export const plainTemplate: fc.Arbitrary<GeneratedTemplate> = fc
  .integer({ min: 1, max: 4 })
  .map((version) => ({ container: { image: `web:${version}` } }));

const amount = fc
  .tuple(
    fc.constantFrom('1', '2', '1000', '1024', '500', '0.5', '1.5', '2000', '.5', '1.', '+1', '0'),
    fc.constantFrom('m', '', 'k', 'Ki', 'M', 'Mi', 'e3', 'E3', 'e-3', 'G', 'Gi', 'u'),
  )
  .map((parts) => parts.join(''));
/** Spellings of 1, of 2^30 and of 1000, and amounts at the limits. */
const spelling = fc.constantFrom(
  ...['1', '1000m', '1e0', '0.001k', '1E0', '1000000u', '1.0', '999.9999999m', '1000.0000001m'],
  ...['1Gi', '1024Mi', '1048576Ki', '1073741824', '1073741824000m', '1.073741824G', '0.0009765625Ti'],
  ...['1k', '1000', '1e3', '1E3', '1000e0', '0.5n', '1n', '9223372036854775807', '8Ei', '7Ei', '1e18'],
);
const cpu = fc.constantFrom('1', '1000m', '1e0', '0.001k', '2', '2000m', '1001m', '.5', '500m', '5e-1');

/** Templates that differ in nothing but how a quantity is written, or also in its value. */
export const quantityTemplate: fc.Arbitrary<GeneratedTemplate> = fc.oneof(
  cpu.map((cpu) => ({ container: { resources: { limits: { cpu } } } })),
  fc.oneof(spelling, amount).map((memory) => ({ container: { resources: { limits: { memory } } } })),
  fc.oneof(spelling, amount).map((sizeLimit) => volume({ emptyDir: { sizeLimit } })),
  fc.constantFrom(undefined, '0', '1', '1000m', '1k').map((divisor) => ({
    container: {
      env: [{ name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor } } }],
    },
  })),
  fc.constantFrom('1', '1000m', '0', '2').map((cpu) => ({ spec: { resources: { limits: { cpu } } } })),
);

function volume(source: object): GeneratedTemplate {
  return { spec: { volumes: [{ name: 'data', ...source }] } };
}

/** Families of templates whose members differ only in what is empty and what is not there. */
const emptyOrAbsent: readonly (readonly GeneratedTemplate[])[] = [
  [{}, { container: { args: [] } }, { container: { args: [''] } }],
  [
    {},
    { container: { securityContext: {} } },
    { container: { securityContext: { capabilities: {} } } },
    { container: { securityContext: { capabilities: { add: [] } } } },
    { container: { securityContext: { seLinuxOptions: {} } } },
  ],
  [{}, { container: { resources: {} } }, { container: { resources: { limits: {}, requests: {} } } }],
  [{}, { container: { lifecycle: {} } }, { container: { volumeMounts: [], ports: [], envFrom: [] } }],
  [
    {},
    { container: { env: [] } },
    { container: { env: [{ name: 'A' }] } },
    { container: { env: [{ name: 'A', value: '' }] } },
  ],
  [{}, { spec: { nodeSelector: {} } }, { spec: { nodeSelector: { disk: '' } } }],
  [
    {},
    { spec: { affinity: {} } },
    { spec: { affinity: { nodeAffinity: {} } } },
    { spec: { affinity: { podAntiAffinity: {} } } },
    { spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } } } },
  ],
  [{}, { spec: { dnsConfig: {} } }, { spec: { dnsConfig: { nameservers: [], options: [] } } }],
  [{}, { spec: { securityContext: {} } }, { spec: { securityContext: { sysctls: [] } } }],
  [{}, { spec: { securityContext: { seLinuxOptions: {} } } }, { spec: { securityContext: null } }],
  [{}, { spec: { tolerations: [] } }, { spec: { tolerations: [{ operator: 'Exists' }] } }],
  [{}, { spec: { resources: {} } }, { spec: { resources: { limits: {} } } }],
  [{}, { spec: { imagePullSecrets: [] } }, { spec: { imagePullSecrets: [{ name: '' }] } }],
  [{}, { spec: { hostNetwork: false, subdomain: '', nodeName: '' } }, { spec: { hostUsers: true } }],
  [{}, { spec: { shareProcessNamespace: false } }, { spec: { automountServiceAccountToken: false } }],
  [{}, { annotations: {} }, { annotations: { note: '' } }],
  [
    volume({}),
    volume({ emptyDir: {} }),
    volume({ emptyDir: { medium: '' } }),
    volume({ emptyDir: { sizeLimit: '0' } }),
  ],
  [volume({ configMap: { name: 'a' } }), volume({ configMap: { name: 'a', items: [] } })],
  [
    volume({ csi: { driver: 'a' } }),
    volume({ csi: { driver: 'a', volumeAttributes: {} } }),
    volume({ csi: { driver: 'a', volumeAttributes: { a: '' } } }),
    volume({ csi: { driver: 'a', readOnly: false } }),
  ],
  [
    spread({}),
    spread({ labelSelector: {} }),
    spread({ labelSelector: { matchLabels: {}, matchExpressions: [] } }),
    spread({ matchLabelKeys: [] }),
  ],
];

function spread(more: object): GeneratedTemplate {
  const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' };
  return { spec: { topologySpreadConstraints: [{ ...constraint, ...more }] } };
}

/** One family of them: all templates of one history come from the same. */
export const emptyFamily: fc.Arbitrary<fc.Arbitrary<GeneratedTemplate>> = fc
  .constantFrom(...emptyOrAbsent)
  .map((family) => fc.constantFrom(...family));

/** Numbers that only exact arithmetic tells apart, as they stand in the text. */
const seconds = fc
  .constantFrom('9007199254740992', '9007199254740993', '9223372036854775806', '9223372036854775807')
  .map((text) => JSON.rawJSON(text));

/** Templates that differ in nothing but an integer of 64 bits. */
export const integerTemplate: fc.Arbitrary<GeneratedTemplate> = fc.oneof(
  seconds.map((terminationGracePeriodSeconds) => ({ spec: { terminationGracePeriodSeconds } })),
  seconds.map((tolerationSeconds) => ({
    spec: { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds }] },
  })),
);

/** Fields that no API knows, and such as the API server keeps though the client library has no name for them. */
export const unknownFields: fc.Arbitrary<GeneratedTemplate> = fc.constantFrom<GeneratedTemplate>(
  {},
  { container: { fromTheFuture: { a: 1 } } },
  { spec: { fromTheFuture: ['b'] } },
  { container: { resources: { limits: { cpu: '1' }, fromTheFuture: true } } },
  volume({ emptyDir: { mode: 0o1777 } }),
  volume({ emptyDir: { mode: 0o700 } }),
  volume({ emptyDir: {} }),
);
