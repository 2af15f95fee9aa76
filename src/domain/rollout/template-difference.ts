import { differenceWords } from './difference-words.ts';
import type { PathStep } from './difference-words.ts';
import type { PodTemplateJson } from './json.ts';
import { shownValue } from './shown-value.ts';
import { equalValues, isAbsent, isObject, isScalar, own, withoutHash } from './template-equality.ts';
import type { JsonObject } from './template-equality.ts';
import { shapeBelow, templateShape } from './template-shape.ts';
import type { Shape } from './template-shape.ts';

/** One thing that changes from one template to another. */
export interface TemplateChange {
  /** Where it is, with list elements by their name: `spec.containers[api].env[LOG_LEVEL]`. */
  readonly path: string;
  /** As text, undefined where it is not there; a value that may be secret is hidden. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** For people: `image of api: v2.4.0 → v2.3.1`. */
  readonly words: string;
}

/**
 * What changes between two pod templates, image changes first. Empty exactly where they are equal as an undo
 * compares them: quantities by value, without the label pod-template-hash. Containers, variables, volumes and the
 * like are matched by name. Values of variables that may be secret are not given away.
 */
export function templateDifference(
  from: PodTemplateJson | undefined,
  to: PodTemplateJson | undefined,
): readonly TemplateChange[] {
  const changes = differences(withoutHash(from), withoutHash(to), templateShape, []);
  return changes.toSorted((a, b) => Number(isImage(b)) - Number(isImage(a)));
}

function isImage({ path }: TemplateChange): boolean {
  return path.endsWith('.image');
}

type Path = readonly PathStep[];

function differences(from: unknown, to: unknown, shape: Shape, path: Path): readonly TemplateChange[] {
  if (equalValues(from, to, shape)) return [];
  const [before, after] = [present(from, shape), present(to, shape)];
  if (isObject(before ?? {}) && isObject(after ?? {}) && !isElement(path, before, after)) {
    const below = fieldDifferences(asObject(before), asObject(after), shape, path);
    return below.length > 0 ? below : [change(path, before, after)];
  }
  const [fromNames, toNames] = [byName(before ?? []), byName(after ?? [])];
  if (fromNames && toNames) return listDifferences(fromNames, toNames, shape, path);
  return [change(path, before, after)];
}

function present(value: unknown, shape: Shape): unknown {
  return isAbsent(value, shape) ? undefined : value;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A named element, or a variable whose value and source are one thing, that comes or goes is told as one change. */
function isElement(path: Path, before: unknown, after: unknown): boolean {
  const last = path.at(-1);
  if (last?.element === undefined) return false;
  return last.field === 'env' || before === undefined || after === undefined;
}

function fieldDifferences(
  from: JsonObject,
  to: JsonObject,
  shape: Shape,
  path: Path,
): readonly TemplateChange[] {
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return fields.flatMap((field) =>
    differences(own(from, field), own(to, field), shapeBelow(shape, field), [...path, { field }]),
  );
}

type Elements = ReadonlyMap<string, unknown>;

function listDifferences(from: Elements, to: Elements, shape: Shape, path: Path): readonly TemplateChange[] {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  const below = names.flatMap((element) => {
    if (!from.has(element) || !to.has(element)) {
      return [change(elementPath(path, element), from.get(element), to.get(element))];
    }
    return differences(from.get(element), to.get(element), shape, elementPath(path, element));
  });
  if (below.length > 0) return below;
  return [change([...path, { field: 'order' }], [...from.keys()], [...to.keys()])];
}

function elementPath(path: Path, element: string): Path {
  const last = path.at(-1);
  return last === undefined ? path : [...path.slice(0, -1), { field: last.field, element }];
}

const namingFields = ['name', 'mountPath', 'devicePath', 'containerPort', 'topologyKey', 'key'] as const;

/**
 * A list's elements by what names them, undefined where they are not all named. A variable may come twice: the second
 * of a name is `NAME (2)`.
 */
function byName(value: unknown): Elements | undefined {
  if (!Array.isArray(value) || !value.every(isObject)) return undefined;
  const field = namingFields.find((name) => value.every((element) => isScalar(element[name])));
  if (field === undefined) return value.length === 0 ? new Map() : undefined;
  const elements = new Map<string, unknown>();
  for (const element of value) {
    const name = String(element[field]);
    let unique = name;
    for (let count = 2; elements.has(unique); count += 1) unique = `${name} (${count})`;
    elements.set(unique, element);
  }
  return elements;
}

function change(steps: Path, before: unknown, after: unknown): TemplateChange {
  const [from, to] = [shownValue(steps, before), shownValue(steps, after)];
  const path = steps
    .map(({ field, element }) => (element === undefined ? field : `${field}[${element}]`))
    .join('.');
  return { path, from, to, words: differenceWords(steps, from, to) };
}
