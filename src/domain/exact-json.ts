declare global {
  interface JSON {
    /** A number as it is to stand in the text (ECMAScript, "JSON.parse source text access"; in Node from 22 on). */
    rawJSON(text: string): unknown;
  }
}

/** Where a number of 16 digits or more may stand; in a string it only costs time. */
const longNumber = /[:,[]\s*-?\d{16}/;
const integer = /^-?\d+$/;

/**
 * The value of a JSON text whose integers are all exact: one that a number would round is a bigint. Kubernetes has int64
 * fields, such as `terminationGracePeriodSeconds` and `tolerationSeconds`: what is read to be written back must not be
 * another number. Throws SyntaxError.
 */
export function parseExact(text: string): unknown {
  return longNumber.test(text) ? JSON.parse(text, exactNumber) : JSON.parse(text);
}

function exactNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined) return value;
  return integer.test(source) ? BigInt(source) : value;
}

/** The text of such a value. `replace` is asked for each value first, as JSON.stringify asks. */
export function exactText(
  value: unknown,
  replace: (key: string, value: unknown) => unknown = (_key, item) => item,
): string {
  return JSON.stringify(value, (key, item: unknown) => {
    const replaced = replace(key, item);
    return typeof replaced === 'bigint' ? JSON.rawJSON(String(replaced)) : replaced;
  });
}
