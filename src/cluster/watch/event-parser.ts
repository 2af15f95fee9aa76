import type { Fields } from '../../domain/rollout/kept-fields.ts';
import { JsonFields } from './json-fields.ts';

/** The annotation of the bookmark that ends a streamed list. */
export const initialEventsEnd = 'k8s.io/initial-events-end';

/** What a watch itself reads of an object. */
const ownMetadata = { uid: true, resourceVersion: true, annotations: { [initialEventsEnd]: true } } as const;
/** Of the Status that tells of an error. */
const ownStatus = { code: true, message: true } as const;

/**
 * Reads the lines of a watch: events with these fields of their objects and those that a watch itself reads, or with whole
 * objects. Throws SyntaxError.
 */
export function eventParser(fields: Fields | undefined): (line: Buffer) => unknown {
  if (fields === undefined) return (line) => JSON.parse(line.toString('utf8'));
  const object = both(fields, { ...ownStatus, metadata: ownMetadata });
  const event = new JsonFields({ type: true, object });
  return (line) => event.parse(line);
}

/** All fields of the one and of the other. */
function both(one: Fields, other: Fields): Fields {
  const sum: Record<string, true | Fields> = { ...one };
  for (const [name, fields] of Object.entries(other)) {
    const there = sum[name];
    if (there === undefined) sum[name] = fields;
    else sum[name] = there === true || fields === true ? true : both(there, fields);
  }
  return sum;
}
