import { type KubectlPlace, placeFlags } from '../../domain/kubectl-place.ts';
import { shellWord } from '../../domain/shell-word.ts';

/** As a refused request is told: `User "jane" may not list pods in namespace "shop"`. */
const refused = /may not (\w+) (\S+) in (?:the whole cluster|namespace "([^"]+)")/;
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

/** The permission that a 403 misses; undefined where the words are of another refusal, such as a policy's. */
export function missingPermission(message: string): MissingPermission | undefined {
  const [, verb, resource, namespace] = refused.exec(message) ?? told.exec(message) ?? [];
  return verb === undefined || resource === undefined ? undefined : { verb, resource, namespace };
}

/** The line that shows the same refusal in a terminal. */
export function canICommand({ verb, resource, namespace }: MissingPermission, at: KubectlPlace): string {
  const place = namespace === undefined ? '--all-namespaces' : `-n ${shellWord(namespace)}`;
  return `kubectl auth can-i ${shellWord(verb)} ${shellWord(resource)} ${place} ${placeFlags(at)}`;
}
