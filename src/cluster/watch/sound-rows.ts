import type { DeploymentRecord, PodRecord, ReplicaSetRecord } from '../../domain/rollout/records.ts';
import type { WorkloadRecord } from '../../domain/rollout/workload-record.ts';
import { apiError } from '../errors/api-error.ts';

/** What a field of a row must be, in the words of an error. */
interface Sort {
  readonly words: string;
  fits(value: unknown): boolean;
}
type Fields<Row> = { readonly [Field in keyof Required<Row>]: Sort };

const text: Sort = { words: 'text', fits: (value) => typeof value === 'string' };
const identity: Sort = { words: 'a uid', fits: (value) => typeof value === 'string' && value !== '' };
const count: Sort = { words: 'a number', fits: (value) => typeof value === 'number' };
const flag: Sort = { words: 'true or false', fits: (value) => typeof value === 'boolean' };

function maybe({ words, fits }: Sort): Sort {
  return { words, fits: (value) => value === undefined || fits(value) };
}

function listOf({ words, fits }: Sort): Sort {
  return { words: `a list of ${words}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

function entry(fields: Readonly<Record<string, Sort>>): Sort {
  const each = Object.entries(fields);
  return {
    words: `entries of ${Object.keys(fields).join(', ')}`,
    fits: (value) =>
      typeof value === 'object' &&
      value !== null &&
      each.every(([field, sort]) => sort.fits(Reflect.get(value, field))),
  };
}

const images = listOf(entry({ name: text, image: text }));
const named = { uid: identity, namespace: text, name: text, createdAt: text };

export const deploymentFields: Fields<DeploymentRecord> = {
  ...named,
  generation: count,
  observedGeneration: count,
  desired: count,
  total: count,
  updated: count,
  ready: count,
  available: count,
  selector: text,
  paused: flag,
  revision: count,
  images,
  conditions: listOf(
    entry({ type: text, status: text, reason: text, message: text, lastTransitionTime: text }),
  ),
};

export const replicaSetFields: Fields<ReplicaSetRecord> = {
  ...named,
  ownerUid: text,
  revision: maybe(count),
  formerRevisions: listOf(count),
  templateHash: text,
  changeCause: maybe(text),
  images,
  desired: count,
  ready: count,
};

export const podFields: Fields<PodRecord> = {
  ...named,
  ownerUid: text,
  state: text,
  message: maybe(text),
  failing: flag,
  problem: maybe(entry({ kind: text, container: maybe(text), init: flag, detail: text })),
  finished: flag,
  ready: flag,
  terminating: flag,
  restarts: count,
  lastTermination: maybe(entry({ container: text, reason: text, exitCode: count, finishedAt: text })),
  containers: listOf(text),
  node: maybe(text),
};

export const workloadFields: Fields<WorkloadRecord> = {
  ...named,
  kind: text,
  desired: count,
  ready: count,
  updated: count,
  paused: flag,
  images,
  status: entry({ state: text, words: text, cause: text }),
};

/**
 * Reads rows with `read` and lets through only what is as the rows' users expect it: a server that is none, or something
 * in between, can send anything. The reader throws ApiError 'badResponse', which names the kind and the field.
 */
export function soundRows<Json, Row extends object>(
  kind: string,
  fields: Fields<Row>,
  read: (json: Json) => Row,
): (json: Json) => Row {
  return (json) => {
    const row = inWords(kind, read, json);
    for (const field in fields)
      if (!fields[field].fits(row[field]))
        throw apiError('wrongShape', { detail: `in a ${kind} ${field} is not ${fields[field].words}` });
    return row;
  };
}

function inWords<Json, Row>(kind: string, read: (json: Json) => Row, json: Json): Row {
  try {
    return read(json);
  } catch (cause) {
    throw apiError('wrongShape', { detail: `a ${kind} is not as every ${kind} is` }, { cause });
  }
}
