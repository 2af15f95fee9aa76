import type { DeploymentName } from '../cluster/reads/deployments.ts';
import { changeCauseAnnotation } from '../domain/rollout/annotations.ts';
import { shellWord } from '../domain/shell-word.ts';

/** The equivalent kubectl command, with everything it depends on spelled out; `words` gets `deployment/name`. */
export function kubectlCommand(
  context: string,
  { namespace, name }: DeploymentName,
  words: (deployment: string) => string,
): string {
  return `kubectl ${words(`deployment/${name}`)} -n ${namespace} --context ${shellWord(context)}`;
}

/** The command that rolls back to a revision, and the one that then writes a change-cause where there is one to write. */
export function undoCommand(
  context: string,
  name: DeploymentName,
  revision: number,
  causeWithNote?: string,
): string {
  const undo = kubectlCommand(context, name, (it) => `rollout undo ${it} --to-revision=${revision}`);
  if (causeWithNote === undefined) return undo;
  const annotation = shellWord(`${changeCauseAnnotation}=${causeWithNote}`);
  return `${undo} && ${kubectlCommand(context, name, (it) => `annotate ${it} --overwrite ${annotation}`)}`;
}
