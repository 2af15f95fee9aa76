import assert from 'node:assert/strict';
import type { JsonPatchOperation } from '../../../../src/domain/rollout/json-patch.ts';

/** Applies a JSON patch to a copy, as an API server does: an operation that does not fit throws. */
export function applyPatch<Document extends object>(
  document: Document,
  patch: readonly JsonPatchOperation[],
): Document {
  const copy = structuredClone(document);
  for (const operation of patch) apply(copy, operation);
  return copy;
}

function apply(document: object, operation: JsonPatchOperation): void {
  const keys = operation.path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((node, key) => property(node, key), document);
  assert.ok(typeof parent === 'object' && parent !== null, `no parent of ${operation.path}`);
  if (operation.op === 'test') {
    assert.deepEqual(property(parent, last), operation.value, `test of ${operation.path}`);
  } else {
    if (operation.op !== 'add') assert.ok(Object.hasOwn(parent, last), `nothing at ${operation.path}`);
    if (operation.op === 'remove') Reflect.deleteProperty(parent, last);
    else Reflect.set(parent, last, structuredClone(operation.value));
  }
}

function property(node: unknown, key: string): unknown {
  assert.ok(typeof node === 'object' && node !== null);
  return Reflect.get(node, key);
}
