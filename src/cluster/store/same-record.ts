/** Whether two records say the same. Records are plain data: primitives, arrays and objects of them, without cycles. */
export function sameRecord(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    const other: unknown = Reflect.get(b, key);
    if (!sameRecord(Reflect.get(a, key), other) || (other === undefined && !Object.hasOwn(b, key)))
      return false;
  }
  return true;
}
