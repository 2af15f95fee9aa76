import { templateHashLabel } from './annotations.ts';
import type { PodTemplateJson } from './json.ts';
import { equalQuantities } from './quantity.ts';
import { shapeBelow, templateShape } from './template-shape.ts';
import type { Shape } from './template-shape.ts';

/**
 * Whether two pod templates say the same, as kubectl and the Deployment controller compare them (equalIgnoreHash:
 * the label pod-template-hash apart, apimachinery's equality.Semantic.DeepEqual on the decoded objects): quantities
 * by value, no list or map the same as an empty one, but an empty struct such as `securityContext: {}` not the same
 * as none, unless Go holds it by value.
 *
 * Both templates are taken as an API server gives them, with zero values left out. Fields that this version of the
 * API does not know are compared too: kubectl drops them when it decodes, and would call such templates equal.
 */
export function equalTemplates(a: PodTemplateJson | undefined, b: PodTemplateJson | undefined): boolean {
  return equalValues(withoutHash(a), withoutHash(b), templateShape);
}

/** The template without the label pod-template-hash, which its ReplicaSet adds and a Deployment's must not have. */
export function withoutHash(template: PodTemplateJson): PodTemplateJson;
export function withoutHash(template: PodTemplateJson | undefined): PodTemplateJson | undefined;
export function withoutHash(template: PodTemplateJson | undefined): PodTemplateJson | undefined {
  const labels = template?.metadata?.labels;
  if (template === undefined || labels?.[templateHashLabel] === undefined) return template;
  const { [templateHashLabel]: _hash, ...others } = labels;
  return { ...template, metadata: { ...template.metadata, labels: others } };
}

/** Semantic equality of two JSON values of the given shape. */
export function equalValues(a: unknown, b: unknown, shape: Shape): boolean {
  if (isAbsent(a, shape) || isAbsent(b, shape)) return isAbsent(a, shape) && isAbsent(b, shape);
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((element, index) => equalElements(element, b[index], shape));
  }
  if (isObject(a) && isObject(b)) return equalObjects(a, b, shape);
  if (shape.kind === 'quantity' && isScalar(a) && isScalar(b)) return equalQuantities(String(a), String(b));
  return a === b;
}

function equalObjects(a: JsonObject, b: JsonObject, shape: Shape): boolean {
  if (shape.kind === 'map' && Object.keys(a).length !== Object.keys(b).length) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => {
    if (shape.kind === 'map' && !(Object.hasOwn(a, key) && Object.hasOwn(b, key))) return false;
    return equalValues(own(a, key), own(b, key), shapeBelow(shape, key));
  });
}

/** An element of a list is there even when it is empty. */
function equalElements(a: unknown, b: unknown, shape: Shape): boolean {
  if (isObject(a) && isObject(b)) return equalObjects(a, b, shape);
  return equalValues(a, b, shape);
}

/** Whether Go would decode this to the same as a missing field. */
export function isAbsent(value: unknown, shape: Shape): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (shape.kind === 'quantity')
    return shape.orZero && isScalar(value) && equalQuantities(String(value), '0');
  if (!isObject(value)) return false;
  if (shape.kind === 'map') return Object.keys(value).length === 0;
  return (
    shape.byValue && Object.entries(value).every(([key, item]) => isAbsent(item, shapeBelow(shape, key)))
  );
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a JSON value is text or a number, exact or not. */
export function isScalar(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

/** A property of the object itself: a label may be called `constructor`. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
