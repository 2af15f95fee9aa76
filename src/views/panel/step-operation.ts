import { isOperating, type OperationState } from '../../domain/runbook/state.ts';
import type { Operation } from '../../domain/runbook/write.ts';
import type { Evidence, StepModel, StepState } from '../../shared/panel-model.ts';
import type { PanelFacts } from './facts.ts';
import { kubectlLine } from './shell-lines.ts';

/** The last pause, resume, restart or scaling, beside the runbook's own steps; none where there was none. */
export function operationSteps(facts: PanelFacts): readonly Omit<StepModel, 'open'>[] {
  const { run, place } = facts;
  const { operation } = run;
  if (operation === undefined) return [];
  return [
    {
      id: 'operation',
      phase: 'operation',
      title: titleOf(operation.operation),
      state: stateOf(operation, isOperating(run)),
      ...detailOf(operation, isOperating(run)),
      pods: [],
      evidence: evidenceOf(operation),
      advice: [],
      commands: [
        operation.command,
        ...(operation.operation.kind === 'pause'
          ? []
          : [kubectlLine(place, `rollout status deployment/${run.target.name}`)]),
      ],
      actions: [],
    },
  ];
}

/** `Restarting`, for the header while it goes on. */
export function operatingWords(operation: Operation): string {
  switch (operation.kind) {
    case 'pause':
      return 'Pausing';
    case 'resume':
      return 'Resuming';
    case 'restart':
      return 'Restarting';
    case 'scale':
      return `Scaling ${operation.fromReplicas} → ${operation.toReplicas}`;
  }
}

function titleOf(operation: Operation): string {
  switch (operation.kind) {
    case 'pause':
      return 'Pause the rollout';
    case 'resume':
      return 'Resume the rollout';
    case 'restart':
      return 'Restart the pods';
    case 'scale':
      return `Scale ${operation.fromReplicas} → ${operation.toReplicas}`;
  }
}

function stateOf({ outcome, end }: OperationState, goesOn: boolean): StepState {
  if (goesOn) return 'running';
  if (outcome?.kind === 'notApplied') return 'failed';
  if (outcome?.kind === 'unknown') return 'warning';
  if (end === undefined || end.kind === 'complete') return 'ok';
  return end.kind === 'failed' ? 'failed' : 'warning';
}

function detailOf(
  { outcome, end, message }: OperationState,
  goesOn: boolean,
): { readonly detail?: string; readonly summary?: string } {
  if (outcome === undefined) return { detail: 'Writing to the cluster' };
  if (outcome.kind === 'notApplied') return { summary: 'nothing written', detail: outcome.message };
  if (outcome.kind === 'unknown')
    return {
      summary: 'not known',
      detail: `${outcome.message} Look at the cluster before you repeat it.`,
    };
  if (end !== undefined) return { detail: end.message };
  return goesOn ? { detail: message ?? 'Written. Waiting for the controller to take it up' } : {};
}

function evidenceOf({ by, confirmedAt, outcome, outcomeAt }: OperationState): readonly Evidence[] {
  return [
    { text: `Confirmed by ${by}`, tone: 'plain', at: confirmedAt },
    ...(outcome?.kind === 'applied' && outcomeAt !== undefined
      ? [
          {
            text: `Written once; the deployment is at generation ${outcome.generation}`,
            tone: 'ok',
            at: outcomeAt,
          } as const,
        ]
      : []),
  ];
}
