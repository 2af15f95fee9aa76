import { revisionAnnotation } from './annotations.ts';

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
