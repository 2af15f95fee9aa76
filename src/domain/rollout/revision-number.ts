import { revisionAnnotation } from './annotations.ts';

const decimal = /^[+-]?[0-9]+$/;
const int64Bits = 64;

/**
 * The number of a revision, read from the annotations of a Deployment or ReplicaSet as kubectl reads it
 * (pkg/util/deployment: Revision, which is strconv.ParseInt in base 10): a missing annotation is 0, text that is
 * no int64 is undefined. Numbers beyond 2^53 are rounded to the nearest that JavaScript can hold.
 */
export function revisionNumber(
  annotations: Readonly<Record<string, string>> | undefined,
): number | undefined {
  const text = annotations?.[revisionAnnotation];
  if (text === undefined || text === null) return 0;
  if (!decimal.test(text)) return undefined;
  // BigInt() refuses a leading plus sign, which Go allows.
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(int64Bits, value) === value ? Number(value) : undefined;
}
