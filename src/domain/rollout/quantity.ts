/** Powers of ten and two behind each suffix (apimachinery, pkg/api/resource/suffix.go). */
const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const binarySuffixes: ReadonlyMap<string, bigint> = new Map([
  ['Ki', 10n],
  ['Mi', 20n],
  ['Gi', 30n],
  ['Ti', 40n],
  ['Pi', 50n],
  ['Ei', 60n],
]);

const form = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([a-zA-Z]*|[eE][+-]?[0-9]+)$/;
const exponentForm = /^[eE]([+-]?[0-9]+)$/;
/** Far above any quantity that means something, low enough to compute with. */
const largestExponent = 5000;
const largestBinary = 2n ** 63n - 1n;
const nanoDigits = 9;
const nano = 10n ** BigInt(nanoDigits);

/**
 * The exact value of a Kubernetes quantity (`500m`, `1Gi`, `1e3`, `0.5`) in billionths of its unit, undefined where
 * the text is no quantity. As in apimachinery's ParseQuantity, a part below one billionth rounds away from zero, and
 * a value with a binary suffix ends at 2^63 - 1. Text without a digit is none here; Go takes some of it for 0.
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const magnitude = scaled(digits, fraction.length, suffix);
  if (magnitude === undefined) return undefined;
  return sign === '-' ? -magnitude : magnitude;
}

/** `digits` × 10^-places × what the suffix stands for, in billionths, rounded up. */
function scaled(digits: bigint, places: number, suffix: string): bigint | undefined {
  const binary = binarySuffixes.get(suffix);
  if (binary !== undefined) {
    const value = shifted(digits << binary, nanoDigits - places);
    const most = largestBinary * nano;
    return value > most ? most : value;
  }
  const exponent = decimalSuffixes.get(suffix) ?? exponentOf(suffix);
  return exponent === undefined ? undefined : shifted(digits, nanoDigits + exponent - places);
}

function exponentOf(suffix: string): number | undefined {
  const exponent = Number(exponentForm.exec(suffix)?.[1] ?? NaN);
  return Math.abs(exponent) <= largestExponent ? exponent : undefined;
}

function shifted(digits: bigint, tens: number): bigint {
  if (tens >= 0) return digits * 10n ** BigInt(tens);
  const divisor = 10n ** BigInt(-tens);
  return (digits + divisor - 1n) / divisor;
}

/** Whether two quantities have the same value, however they are written; text that is no quantity equals itself only. */
export function equalQuantities(a: string, b: string): boolean {
  if (a === b) return true;
  const value = parseQuantity(a);
  return value !== undefined && value === parseQuantity(b);
}
