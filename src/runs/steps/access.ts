import { type PermissionAnswer, permissionWords, reviewPermissions } from '../../cluster/permissions.ts';
import type { CheckResult, EvidenceTable, Seen } from '../../domain/runbook/checks.ts';
import { lacking, lackingWords, type RunPermission, runPermissions } from '../run-permissions.ts';
import { seen, type StepHandler } from './step-handler.ts';

type Answer = PermissionAnswer<RunPermission>;

/** Who and where we are, and whether everything that later steps ask for is allowed: asked all at once. */
export const access: StepHandler = async (place, _see, signal) => {
  const { connection, run } = place;
  const { context, cluster, server, user } = { ...connection.context, context: connection.context.name };
  const where = `Context ${context}, cluster ${cluster}, server ${server}, user ${user}, namespace ${run.target.namespace}`;
  const answers = await reviewPermissions(connection.writer, run.target.namespace, runPermissions, signal);
  const granted = answers.filter(({ allowed }) => allowed).length;
  return {
    ...judged(answers),
    summary: `${granted} of ${answers.length} permissions`,
    evidence: [
      seen(place, where, 'plain'),
      ...answers
        .filter(({ allowed }) => !allowed)
        .map((answer) =>
          seen(place, `${permissionWords(answer.permission)}: ${allowedWords(answer)}`, tone(answer)),
        ),
    ],
    table: tableOf(answers),
  };
};

function judged(answers: readonly Answer[]): Pick<CheckResult, 'state' | 'detail'> {
  const rollback = lacking(answers, 'rollback');
  if (rollback.length > 0)
    return {
      state: 'failed',
      detail: `Without ${lackingWords(rollback)} the rollback cannot be carried out. Ask for it, or switch to a context whose user has it.`,
    };
  const step = lacking(answers, 'step');
  if (step.length > 0) {
    const steps = [...new Set(step.flatMap(({ permission }) => permission.what.split(', ')))].join(', ');
    return {
      state: 'warning',
      detail: `The rollback can be carried out. Without ${lackingWords(step)} these steps cannot be told: ${steps}.`,
    };
  }
  const part = lacking(answers, 'part');
  return part.length === 0
    ? { state: 'ok' }
    : {
        state: 'ok',
        detail: `Every step can be carried out. What needs ${lackingWords(part)} is said to be unknown.`,
      };
}

const tones: Readonly<Record<RunPermission['need'], Seen['tone']>> = {
  rollback: 'failed',
  step: 'warning',
  part: 'plain',
};

function tone({ allowed, permission }: Answer): Seen['tone'] {
  return allowed ? 'ok' : tones[permission.need];
}

function allowedWords({ allowed, reason }: Answer): string {
  if (allowed) return 'allowed';
  return `not allowed${reason === '' ? '' : ` (${reason})`}`;
}

function tableOf(answers: readonly Answer[]): EvidenceTable {
  return {
    columns: ['Permission', 'For', 'Allowed'],
    rows: answers.map((answer) => ({
      cells: [permissionWords(answer.permission), answer.permission.what, answer.allowed ? 'yes' : 'no'],
      tone: tone(answer),
    })),
  };
}
