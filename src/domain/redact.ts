import { namedForms, redactedMark, secretName } from './secret-forms.ts';
import { looks } from './secret-looks.ts';
import { objectForms } from './secret-objects.ts';

export { redactedMark };

const rules = [...objectForms, ...looks, ...namedForms];

/** What is torn may look like another form once a part of it is gone; more often than this nothing changes any more. */
const mostPasses = 8;

/**
 * The text without what looks like a secret: tokens, private keys, passwords in URLs, `Authorization`, the data of a Secret,
 * and the values of names that say so (`DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`). Names, hosts and all other words stay.
 * Redacting again changes nothing.
 */
export function redact(text: string): string {
  let before = text;
  for (let pass = 0; pass < mostPasses; pass++) {
    const redacted = rules.reduce((sofar, rule) => rule(sofar), before);
    if (redacted === before) break;
    before = redacted;
  }
  return before;
}

/** A value of JSON's kinds with every text in it redacted, and whatever a secret-looking key or variable names. */
export function redactAll<Value>(value: Value): Value {
  return redactValue(value) as Value;
}

const wholeName = new RegExp(`^${secretName}$`, 'i');

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const { name, kind } = object;
  const isVariable = typeof name === 'string' && wholeName.test(name);
  const hides = (key: string) =>
    wholeName.test(key) ||
    (isVariable && key === 'value') ||
    (kind === 'Secret' && (key === 'data' || key === 'stringData'));
  return Object.fromEntries(
    Object.entries(object).map(([key, each]) => [key, hides(key) ? hidden(each) : redactValue(each)]),
  );
}

/** Every text is hidden, so that what had a form keeps it. */
function hidden(value: unknown): unknown {
  if (typeof value === 'string') return redactedMark;
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hidden(each)]));
}
