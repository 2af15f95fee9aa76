import { shellWord } from '../shell-word.ts';

const forbidden = /cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/;
/** The same as the store says it: `list pods is forbidden in namespace shop`. */
const told = /(\w+) (\S+) is forbidden in (?:the whole cluster|namespace ([^\s,]+))/;

/** What a user may not do, as the API server's refusal names it. */
export interface MissingPermission {
  readonly verb: string;
  /** With its group: `deployments.apps`. */
  readonly resource: string;
  /** Undefined where it was asked of the whole cluster. */
  readonly namespace: string | undefined;
}

/** The permission that a 403 misses: its message comes from the API server's authorizer (apiserver, responsewriters: forbiddenMessage). */
export function missingPermission(message: string): MissingPermission | undefined {
  const [, verb, resource, group, namespace] = forbidden.exec(message) ?? [];
  if (verb !== undefined && resource !== undefined)
    return { verb, resource: group ? `${resource}.${group}` : resource, namespace };
  const [, toldVerb, toldResource, toldNamespace] = told.exec(message) ?? [];
  if (toldVerb === undefined || toldResource === undefined) return undefined;
  return { verb: toldVerb, resource: toldResource, namespace: toldNamespace };
}

/** The line that shows the same refusal in a terminal. */
export function canICommand({ verb, resource, namespace }: MissingPermission, context: string): string {
  const place = namespace === undefined ? '--all-namespaces' : `-n ${shellWord(namespace)}`;
  return `kubectl auth can-i ${shellWord(verb)} ${shellWord(resource)} ${place} --context ${shellWord(context)}`;
}
