import * as v from 'valibot';
import type { DeploymentJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { apiError } from '../errors/api-error.ts';

// Absent fields are the API's defaults (it writes no nulls but for an empty list), unknown ones are kept; what is there must be of its kind, since a decision on it
// would be a decision on nothing. Only the fields that decisions are made on are looked at.
const texts = v.optional(v.record(v.string(), v.string()));
const metadata = v.looseObject({
  uid: v.string(),
  name: v.optional(v.string()),
  namespace: v.optional(v.string()),
  generation: v.optional(v.number()),
  creationTimestamp: v.optional(v.string()),
  annotations: texts,
  labels: texts,
  ownerReferences: v.optional(
    v.array(v.looseObject({ uid: v.string(), controller: v.optional(v.boolean()) })),
  ),
});
const containers = v.optional(v.array(v.looseObject({ name: v.string(), image: v.optional(v.string()) })));
const template = v.looseObject({
  metadata: v.optional(v.looseObject({ annotations: texts, labels: texts })),
  spec: v.optional(v.looseObject({ containers, initContainers: containers })),
});
const selector = v.looseObject({
  matchLabels: texts,
  matchExpressions: v.optional(
    v.array(
      v.looseObject({ key: v.string(), operator: v.string(), values: v.optional(v.array(v.string())) }),
    ),
  ),
});
const count = v.optional(v.number());
const workload = {
  metadata,
  spec: v.looseObject({
    replicas: v.optional(v.number()),
    paused: v.optional(v.boolean()),
    progressDeadlineSeconds: v.optional(v.number()),
    selector: v.optional(selector),
    template: v.optional(template),
  }),
  status: v.optional(
    v.looseObject({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      readyReplicas: count,
      availableReplicas: count,
      conditions: v.optional(
        v.array(
          v.looseObject({
            type: v.string(),
            status: v.string(),
            reason: v.optional(v.string()),
            message: v.optional(v.string()),
          }),
        ),
      ),
    }),
  ),
};
const deployment = v.looseObject(workload);
const replicaSets = v.looseObject({ items: v.nullish(v.array(v.looseObject(workload))) });

/** The answer to a GET of a Deployment, the object itself. Throws ApiError 'badResponse' that names the field which is wrong. */
export function deploymentOf(body: object): DeploymentJson {
  check(deployment, body, 'a Deployment');
  return body; // Its shape was looked at just now; it is handed on whole.
}

/** The same of a list of ReplicaSets: its objects. */
export function replicaSetsOf(body: object): readonly ReplicaSetJson[] {
  check(replicaSets, body, 'a list of ReplicaSets');
  return (body as { readonly items?: readonly ReplicaSetJson[] | null }).items ?? [];
}

function check(schema: v.GenericSchema, body: object, what: string): void {
  const [issue] = v.safeParse(schema, body, { abortEarly: true }).issues ?? [];
  if (issue === undefined) return;
  const field = v.getDotPath(issue) ?? 'it';
  const wrong = issue.received === 'undefined' ? 'is missing' : `is ${issue.received}, not ${issue.expected}`;
  throw apiError('wrongShape', { detail: `in ${what} ${field} ${wrong}` });
}
