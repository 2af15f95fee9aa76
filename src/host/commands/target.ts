import type { RunTarget } from '../../domain/runbook/events.ts';

/** Whether a value from outside names a deployment. */
export function isTarget(value: unknown): value is RunTarget {
  if (typeof value !== 'object' || value === null) return false;
  const { context, namespace, name } = value as Readonly<Record<string, unknown>>;
  return typeof context === 'string' && typeof namespace === 'string' && typeof name === 'string';
}

/** The deployment that a command's argument names, where it names one. */
export function targetOf(argument: unknown): RunTarget | undefined {
  const found = isTarget(argument) ? argument : deploymentIn(argument);
  if (found === undefined) return undefined;
  const { context, namespace, name } = found;
  return { context, namespace, name };
}

function deploymentIn(argument: unknown): RunTarget | undefined {
  const deployment =
    typeof argument === 'object' && argument !== null && 'deployment' in argument
      ? argument.deployment
      : undefined;
  return isTarget(deployment) ? deployment : undefined;
}

/** The context that a command's argument names: a context's row, or a notice's. */
export function contextArgument(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : textField(argument, 'context');
}

/** uid of the ReplicaSet that a revision's row stands for. */
export function replicaSetOf(argument: unknown): string | undefined {
  return textField(argument, 'replicaSetUid');
}

/** uid of the pod that a pod's row stands for. */
export function podOf(argument: unknown): string | undefined {
  return textField(argument, 'podUid');
}

/** A field of a row or another value from outside, where it holds text. */
export function textField(argument: unknown, field: string): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const value = (argument as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : undefined;
}
