import { revisionAnnotation, revisionHistoryAnnotation } from './annotations.ts';

type Annotations = Readonly<Record<string, string>> | undefined;

const decimal = /^[+-]?[0-9]+$/;
const int64Bits = 64;

/**
 * The number of a revision, read from the annotations of a Deployment or ReplicaSet as kubectl reads it
 * (pkg/util/deployment: Revision, which is strconv.ParseInt in base 10): a missing annotation is 0, text that is
 * no int64 is undefined. Exact, for decisions.
 */
export function exactRevision(annotations: Annotations): bigint | undefined {
  const text = annotations?.[revisionAnnotation];
  if (text === undefined || text === null) return 0n;
  if (!decimal.test(text)) return undefined;
  // BigInt() refuses a leading plus sign, which Go allows.
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(int64Bits, value) === value ? value : undefined;
}

/** `exactRevision` for showing: a number beyond 2^53 is rounded to the nearest that JavaScript can hold. */
export function revisionNumber(annotations: Annotations): number | undefined {
  const exact = exactRevision(annotations);
  return exact === undefined ? undefined : Number(exact);
}

/** Most ReplicaSets never had another number: they share this. */
const none: readonly number[] = [];

/**
 * The numbers that a ReplicaSet had before its present one, oldest first. The Deployment controller writes them with commas
 * between them, and drops the oldest beyond 2,000 characters (pkg/controller/deployment/util: SetNewReplicaSetAnnotations).
 * What is no revision number is passed over.
 */
export function formerRevisions(annotations: Annotations): readonly number[] {
  const text = annotations?.[revisionHistoryAnnotation];
  if (typeof text !== 'string' || text === '') return none;
  const numbers = text
    .split(',')
    .filter((part) => decimal.test(part))
    .map(Number)
    .filter((number) => number > 0 && Number.isSafeInteger(number));
  return numbers.length === 0 ? none : [...new Set(numbers)];
}
