import { imageTag } from './image-tag.ts';
import { hiddenValue } from './secret-name.ts';

/** A step of the path into a template: a field, or the element of that name in a list field. */
export interface PathStep {
  readonly field: string;
  readonly element?: string;
}

const longestValue = 60;

/** One line for people on a change at `path`: `image of api: v2.4.0 → v2.3.1`, `env DEBUG of api added: 1`. */
export function differenceWords(
  path: readonly PathStep[],
  from: string | undefined,
  to: string | undefined,
): string {
  const subject = subjectOf(path);
  if (from === undefined) return isTold(to) ? `${subject} added: ${shortened(to)}` : `${subject} added`;
  if (to === undefined)
    return isTold(from) ? `${subject} removed (was ${shortened(from)})` : `${subject} removed`;
  if (from === hiddenValue && to === hiddenValue) return `${subject} changed ${hiddenValue}`;
  if (path.at(-1)?.field === 'image') {
    const [before, after] = imageChange(from, to);
    return `${subject}: ${before} → ${after}`;
  }
  return `${subject}: ${shortened(from)} → ${shortened(to)}`;
}

function isTold(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value !== hiddenValue;
}

/** Only the tags where the repository stays the same. */
function imageChange(from: string, to: string): readonly [string, string] {
  const [before, after] = [imageTag(from), imageTag(to)];
  return repository(from) === repository(to) && before !== after ? [before, after] : [from, to];
}

function repository(image: string): string {
  const name = image.split('@')[0] ?? '';
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return colon < 0 ? name : name.slice(0, colon);
}

function shortened(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

const containerLists: ReadonlyMap<string, string> = new Map([
  ['containers', ''],
  ['initContainers', 'init container '],
  ['ephemeralContainers', 'ephemeral container '],
]);

/** What changed: `env LOG_LEVEL of api`, `label version`, `container proxy`, else the path. */
function subjectOf(path: readonly PathStep[]): string {
  const [first, second, ...rest] = path[0]?.field === 'spec' ? path.slice(1) : path;
  if (first === undefined) return 'template';
  const list = first.element === undefined ? undefined : containerLists.get(first.field);
  if (list !== undefined) {
    const container = `${list}${first.element}`;
    if (second === undefined) return list === '' ? `container ${container}` : container;
    return `${pathWords([second, ...rest])} of ${container}`;
  }
  if (first.field === 'metadata' && second !== undefined && rest[0] !== undefined) {
    if (second.field === 'labels') return `label ${rest[0].field}`;
    if (second.field === 'annotations') return `annotation ${rest[0].field}`;
  }
  if (second?.field === 'order') return `order of ${first.field}`;
  return pathWords(second === undefined ? [first] : [first, second, ...rest]);
}

const singular: ReadonlyMap<string, string> = new Map([
  ['env', 'env'],
  ['ports', 'port'],
  ['volumes', 'volume'],
  ['volumeMounts', 'volume mount'],
  ['volumeDevices', 'volume device'],
  ['imagePullSecrets', 'image pull secret'],
]);

function pathWords(steps: readonly PathStep[]): string {
  const [first, ...rest] = steps;
  if (first === undefined) return '';
  if (rest.length === 1 && rest[0]?.field === 'order') return `order of ${first.field}`;
  const name = singular.get(first.field);
  if (first.element === undefined || name === undefined) return [first, ...rest].map(bracketed).join('.');
  const element = `${name} ${first.element}`;
  return rest.length === 0 ? element : `${rest.map(bracketed).join('.')} of ${element}`;
}

function bracketed({ field, element }: PathStep): string {
  return element === undefined ? field : `${field}[${element}]`;
}
