import type { DeploymentName } from '../cluster/reads/deployments.ts';

/** The equivalent kubectl command, with everything it depends on spelled out; `words` gets `deployment/name`. */
export function kubectlCommand(
  context: string,
  { namespace, name }: DeploymentName,
  words: (deployment: string) => string,
): string {
  return `kubectl ${words(`deployment/${name}`)} -n ${namespace} --context ${quoted(context)}`;
}

/** The command that rolls back to a revision. */
export function undoCommand(context: string, name: DeploymentName, revision: number): string {
  return kubectlCommand(context, name, (it) => `rollout undo ${it} --to-revision=${revision}`);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
