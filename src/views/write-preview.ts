import { visible } from '../domain/logs/visible.ts';
import type { RevisionRef, RunTarget } from '../domain/runbook/events.ts';
import { localTime } from './local-time.ts';
import type { RevisionVerdict } from '../domain/rollout/known-good.ts';
import type { Operation } from '../domain/runbook/write.ts';

/** A confirmation in words. */
export interface PreviewWords {
  readonly question: string;
  readonly detail: string;
  /** What the button that goes on says. */
  readonly confirm: string;
}

interface Side extends RevisionRef {
  readonly changeCause: string | undefined;
}

interface Rollback {
  readonly from: Side;
  readonly to: Side;
  readonly verdict: RevisionVerdict;
  readonly note: string;
  readonly causeAfter: string | undefined;
  readonly changes: readonly { readonly words: string }[];
  readonly warnings: readonly string[];
  readonly command: string;
}

/** A dialog has no scroll bar everywhere: what is more stands in the diff. */
const changesShown = 12;
/** Room for a note and the cause before it. */
const longestCause = 400;

const checked =
  'The API server has accepted this in a dry run. It is refused if somebody changes the deployment before you confirm.';

/** `now` is ms since the epoch. */
export function rollbackWords(
  target: RunTarget,
  { from, to, changes, verdict, note, causeAfter, warnings, command }: Rollback,
  now: number,
): PreviewWords {
  const shown = changes.slice(0, changesShown).map(({ words }) => `  • ${words}`);
  const more =
    changes.length > changesShown ? [`  • and ${changes.length - changesShown} more: see the diff`] : [];
  return {
    question: `Roll back ${target.name} from revision ${from.revision} to ${to.revision}?`,
    confirm: `Roll Back to Revision ${to.revision}`,
    detail: lines(
      target,
      [
        `From revision ${from.revision} · ${from.version}${cause(from.changeCause)}`,
        `To revision ${to.revision} · ${to.version}${cause(to.changeCause)}`,
        ...(verdict.kind === 'failed' ? [] : [verdictWords(verdict, to.revision, now)]),
        ...(note === '' ? [] : [`Its change cause will be “${shortLine(causeAfter ?? note)}”`]),
      ],
      [...(verdict.kind === 'failed' ? [verdictWords(verdict, to.revision, now)] : []), ...warnings],
      ['What changes in the pods:', ...shown, ...more],
      command,
    ),
  };
}

/** What was seen of a revision before, in a sentence. `now` is ms since the epoch. */
function verdictWords(verdict: RevisionVerdict, revision: number, now: number): string {
  if (verdict.kind === 'unknown')
    return verdict.ranAt === undefined
      ? `Not known whether revision ${revision} ever ran well: it was not watched from here for five minutes.`
      : `Not known whether revision ${revision} runs well: it was seen running, but not complete and ready for five minutes.`;
  const seen = localTime(new Date(verdict.lastSeen).toISOString(), now);
  return verdict.kind === 'good'
    ? `✓ Known good: revision ${revision} was complete and ready for five minutes or more, last seen so at ${seen}.`
    : `Revision ${revision} was itself seen failing (${verdict.cause}) at ${seen}: an older one may be better.`;
}

interface Operating {
  readonly operation: Operation;
  readonly warnings: readonly string[];
  readonly command: string;
}

export function operationWords(target: RunTarget, { operation, warnings, command }: Operating): PreviewWords {
  const { question, confirm, means } = meaning(target.name, operation);
  return { question, confirm, detail: lines(target, [means], warnings, [], command) };
}

function meaning(
  name: string,
  operation: Operation,
): Omit<PreviewWords, 'detail'> & { readonly means: string } {
  switch (operation.kind) {
    case 'pause':
      return {
        question: `Pause the rollout of ${name}?`,
        confirm: 'Pause',
        means:
          'Pods that run go on. Until it is resumed, changes of the template are not rolled out, and it cannot be rolled back or restarted.',
      };
    case 'resume':
      return {
        question: `Resume the rollout of ${name}?`,
        confirm: 'Resume',
        means: 'Changes of the template that were made while it was paused are rolled out at once.',
      };
    case 'restart':
      return {
        question: `Restart the pods of ${name}?`,
        confirm: 'Restart',
        means: 'All pods are replaced by new ones of the same images and settings, as a new revision.',
      };
    case 'scale': {
      const { fromReplicas: from, toReplicas: to } = operation;
      return {
        question: to === 0 ? `Scale ${name} to zero?` : `Scale ${name} from ${from} to ${to} replicas?`,
        confirm: to === 0 ? 'Scale to Zero' : `Scale to ${to}`,
        means:
          to === 0
            ? `All ${from} pods end. Nothing answers in its place until it is scaled up again.`
            : to > from
              ? `${to - from} more ${to - from === 1 ? 'pod is' : 'pods are'} started.`
              : `${from - to} ${from - to === 1 ? 'pod ends' : 'pods end'}; which, the controller chooses.`,
      };
    }
  }
}

/** What was done, for the notification at its end: `api is scaled 3 → 5`. */
export function operationDone(name: string, operation: Operation): string {
  switch (operation.kind) {
    case 'pause':
      return `${name} is paused`;
    case 'resume':
      return `${name} is resumed`;
    case 'restart':
      return `${name} is restarted`;
    case 'scale':
      return `${name} is scaled ${operation.fromReplicas} → ${operation.toReplicas}`;
  }
}

function lines(
  { namespace, context }: RunTarget,
  facts: readonly string[],
  warnings: readonly string[],
  changes: readonly string[],
  command: string,
): string {
  return [
    [`${namespace} in ${context}`],
    facts,
    warnings.map((words) => `⚠ ${words}`),
    changes,
    [checked],
    [command],
  ]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function cause(words: string | undefined): string {
  return words === undefined ? '' : ` · “${shortLine(words)}”`;
}

/** What others wrote makes no line of its own, and does not push the buttons off the screen. */
function shortLine(text: string): string {
  const line = visible(text.replaceAll(/\s+/g, ' ').trim());
  return line.length > longestCause ? `${line.slice(0, longestCause)}…` : line;
}
