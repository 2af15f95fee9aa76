import assert from 'node:assert/strict';
import fc from 'fast-check';

import { JsonFields } from '../../../src/cluster/watch/json-fields.ts';
import type { Fields } from '../../../src/domain/rollout/kept-fields.ts';

const names = ['object', 'metadata', 'managedFields', 'a', 'é'];
const key = fc.oneof(
  fc.constantFrom(...names, '"managedFields":[', 'a]', 'a]}', 'a]},', ':[', '\\', '"', '{', ''),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
/**
 * V8's JSON.parse (Node 24.21) may give a name that is written with an escape the name of an earlier object that has the escape's
 * first characters in it, such as a backslash.
 */
const isMistaken = (name: string) => /["\\]/.test(name);
const memberName = key.filter((name) => !isMistaken(name));
/** Any JSON, with the names that are kept and with brackets, quotes and backslashes in strings more often than by chance. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(key, fc.double(), fc.boolean(), fc.constant(null), fc.integer()),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(memberName, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));
const { fields } = fc.letrec<{ fields: Fields }>((tie) => ({
  fields: fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof({ depthSize: 'small' }, fc.constant(true as const), tie('fields')),
    { noNullPrototype: true },
  ),
}));

/** The slow and obvious way. */
function kept(value: unknown, wanted: true | Fields): unknown {
  if (wanted === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => kept(each, wanted));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const inner = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
      return inner === undefined ? [] : [[name, kept(member, inner)]];
    }),
  );
}

function parsed(text: string, wanted: Fields): unknown {
  return new JsonFields(wanted).parse(Buffer.from(text));
}

/** Whether nothing in the text can be taken for something else: no escape, and no string with the end of a list in it. */
function isPlain(text: string): boolean {
  const strings = text.match(/"[^"]*"/g) ?? [];
  return !text.includes('\\') && !strings.some((each) => each.includes(']'));
}

const wanted = { object: { metadata: { uid: true, name: true }, spec: { a: true } } } as const;
/** More than the reader looks at byte by byte. */
const long = { long: 'x'.repeat(300) };

describe('JSON of which only some fields are wanted', () => {
  it('is what JSON.parse gives, without the others, whatever stands around them and in them', () => {
    fc.assert(
      fc.property(json, fields, fc.constantFrom('', ' ', '\t', '\n  '), (value, some, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const expected = kept(JSON.parse(text), some);
        // Where something is odd, all is kept.
        assert.deepEqual(kept(parsed(text, some), some), expected);
        if (isPlain(text)) assert.deepEqual(parsed(text, some), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is that also where the wanted name is written with an escape, or written twice', () => {
    assert.deepEqual(parsed('{"escaped":1,"\\u0062":2}', { b: true }), { escaped: 1, b: 2 });
    assert.deepEqual(parsed('{"b":{"a":1},"c":0,"b":{"d":4,"e":5}}', { b: { a: true, d: true } }), {
      b: { d: 4 },
    });
  });

  it('keeps members of the same name only where they are wanted', () => {
    const uid = { uid: '"uid":[}' };
    const whole = {
      type: 'ADDED',
      object: { spec: { ...uid, a: uid }, metadata: { ...uid, note: uid }, uid },
    };
    assert.deepEqual(parsed(JSON.stringify(whole), wanted), {
      object: { spec: { a: uid }, metadata: uid },
    });
  });

  it('is that too where a bracket in a string looks like the end of a long list', () => {
    const strings = fc.string({
      unit: fc.constantFrom(']', '[', '}', '{', '"', ',', ':', '\\', 'a'),
      maxLength: 12,
    });
    const entry = fc.dictionary(
      strings.filter((name) => !isMistaken(name)),
      strings,
    );
    const entries = fc.array(entry, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(entries, entries, fc.boolean(), (before, after, last) => {
        const managedFields = [...before, long, ...after];
        const metadata = last ? { uid: 'u', managedFields } : { managedFields, uid: 'u', name: 'n' };
        const whole = { object: { metadata, spec: { b: after, c: [long], a: ['b'] } } };
        assert.deepEqual(kept(parsed(JSON.stringify(whole), wanted), wanted), {
          object: { metadata: last ? { uid: 'u' } : { uid: 'u', name: 'n' }, spec: { a: ['b'] } },
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not led astray by two lists whose wrong ends would make good one another', () => {
    const managedFields = [{ ...long, manager: 'x]},', operation: ':[', time: 'b' }];
    const whole = { object: { metadata: { managedFields, uid: 'u' }, spec: { a: 1, b: [long] } } };
    assert.deepEqual(kept(parsed(JSON.stringify(whole), wanted), wanted), {
      object: { metadata: { uid: 'u' }, spec: { a: 1 } },
    });
  });

  it('is no JSON where the whole was none: nothing is made good that is cut off', () => {
    const object = { spec: { b: [1, { c: '\\"]}' }], d: true, e: -1.5 }, metadata: { f: [long], uid: 'ü' } };
    const text = JSON.stringify({ type: 'ADDED', object, kind: 'Pod' });
    for (let length = 0; length < text.length; length += 1)
      assert.throws(() => parsed(text.slice(0, length), wanted), SyntaxError, text.slice(0, length));
    for (const more of ['}', ' {}', ',', '"', 'x'])
      assert.throws(() => parsed(text + more, wanted), SyntaxError, more);
  });

  it('is no JSON where a comma, a colon, a quote or a bracket is missing', () => {
    const text = '{"o":{"a":1,"b":[1,"c",{"d":null}]},"p":"q"}';
    for (const [place, character] of text.split('').entries()) {
      if (!',:"{}'.includes(character)) continue;
      const torn = text.slice(0, place) + text.slice(place + 1);
      assert.throws(() => parsed(torn, { o: { b: true }, p: true }), SyntaxError, torn);
    }
  });
});
