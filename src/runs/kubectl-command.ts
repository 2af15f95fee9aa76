import type { DeploymentName } from '../cluster/reads/deployments.ts';
import { changeCauseAnnotation } from '../domain/rollout/annotations.ts';
import { type KubectlPlace, placeFlags } from '../domain/kubectl-place.ts';
import { shellWord } from '../domain/shell-word.ts';

/** The equivalent kubectl command, with everything it depends on spelled out; `words` gets `deployment/name`. */
export function kubectlCommand(
  place: KubectlPlace,
  { namespace, name }: DeploymentName,
  words: (deployment: string) => string,
): string {
  return `kubectl ${words(`deployment/${name}`)} -n ${namespace} ${placeFlags(place)}`;
}

/** The command that rolls back to a revision (0: the previous one), and the one that then writes a change-cause where there is one to write. */
export function undoCommand(
  place: KubectlPlace,
  name: DeploymentName,
  revision: number,
  causeWithNote?: string,
): string {
  const which = revision === 0 ? '' : ` --to-revision=${revision}`;
  const undo = kubectlCommand(place, name, (it) => `rollout undo ${it}${which}`);
  if (causeWithNote === undefined) return undo;
  const annotation = shellWord(`${changeCauseAnnotation}=${causeWithNote}`);
  return `${undo} && ${kubectlCommand(place, name, (it) => `annotate ${it} --overwrite ${annotation}`)}`;
}
