import { exactText } from '../../domain/exact-json.ts';
import type { PodTemplateJson } from '../../domain/rollout/json.ts';
import { isObject, type JsonObject, withoutHash } from '../../domain/rollout/template-equality.ts';
import { withMarks } from './shown-object.ts';

/** A pod template as its people wrote it, or as near as the API server's defaults allow; `mark` stands for secrets. */
export function shownTemplate(template: PodTemplateJson, mark: (secret: string) => string): JsonObject {
  const { metadata, ...rest } = withoutHash(template);
  // The API server writes the time of a template's creation, which it has none of, as null.
  const own = Object.entries(metadata ?? {}).filter(([, value]) => value !== null);
  const shown = withMarks(own.length === 0 ? rest : { ...rest, metadata: Object.fromEntries(own) }, mark);
  return isObject(shown) ? shown : {};
}

/** What the API server fills in (k8s.io/kubernetes, pkg/apis/core/v1/defaults.go), by the field's name. */
const defaults: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
    protocol: 'TCP',
    scheme: 'HTTP',
    failureThreshold: 3,
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
    defaultMode: 420,
  }).map(([field, value]) => [field, JSON.stringify(value)]),
);

/** Two templates without the defaults that both have: what is left are decisions of people, and differences. */
export function withoutSharedDefaults(a: JsonObject, b: JsonObject): readonly [JsonObject, JsonObject] {
  return [decided(a, b), decided(b, a)];
}

function decided(object: JsonObject, other: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key, value]) => !isSharedDefault(key, value, other[key]))
      .map(([key, value]) => [key, below(value, other[key])]),
  );
}

function isSharedDefault(key: string, value: unknown, other: unknown): boolean {
  const usual = defaults.get(key);
  return usual !== undefined && exactText(value) === usual && exactText(other) === usual;
}

function below(value: unknown, other: unknown): unknown {
  if (isObject(value)) return isObject(other) ? decided(value, other) : value;
  if (!Array.isArray(value) || !Array.isArray(other)) return value;
  return value.map((item, index) => below(item, partner(item, index, other)));
}

/** Containers, variables and volumes keep their names when their places change. */
function partner(item: unknown, index: number, others: readonly unknown[]): unknown {
  if (!isObject(item) || typeof item['name'] !== 'string') return others[index];
  return others.find((other) => isObject(other) && other['name'] === item['name']);
}
