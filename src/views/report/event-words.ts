import { type Deed, type NotableEvent } from '../../domain/report/notable.ts';
import type { CheckResult } from '../../domain/runbook/checks.ts';
import { checklistItems } from '../../domain/runbook/checklist-items.ts';
import type { RevisionRef, RolloutEnd } from '../../domain/runbook/events.ts';
import { checkSteps } from '../../domain/runbook/steps.ts';
import { cleanUpTasks, type TaskState } from '../../domain/runbook/tasks.ts';
import type { Operation, WriteOutcome } from '../../domain/runbook/write.ts';
import { type Inline, joined, prose, plain } from './markdown.ts';

export const resultWords: Readonly<Record<CheckResult['state'], Inline>> = {
  running: prose`not finished`,
  ok: prose`passed`,
  warning: prose`to be judged`,
  failed: prose`failed`,
  notConfigured: prose`not configured`,
};

export const taskWords: Readonly<Record<TaskState['state'], Inline>> = {
  open: prose`open`,
  inProgress: prose`in progress`,
  done: prose`done`,
  notNeeded: prose`not needed`,
};

/** `revision 8 (v2.4.0)`. */
export function revisionWords({ revision, version }: RevisionRef): Inline {
  return version === '' ? prose`revision ${revision}` : prose`revision ${revision} (${plain(version)})`;
}

/** What happened, for the timeline. */
export function eventWords(event: NotableEvent): Inline {
  if ('by' in event) return sentence(event);
  switch (event.kind) {
    case 'issueSeen':
      return prose`Seen: ${plain(event.words)}`;
    case 'stepEnded':
      return withFinding(
        prose`${plain(checkSteps[event.step].title)}: ${resultWords[event.result.state]}`,
        event.result.summary,
      );
    case 'writeEnded':
      return outcomeWords('The rollback', event.outcome);
    case 'rolloutEnded':
      return endWords(event.end);
    case 'operationEnded':
      return outcomeWords('The change', event.outcome);
    case 'operationFollowed':
      return endWords(event.end);
    case 'itemSeen':
      return withFinding(
        event.state === 'ticked'
          ? prose`Ticked: ${plain(checklistItems[event.item])}`
          : prose`Does not hold: ${plain(checklistItems[event.item])}`,
        event.summary,
      );
  }
}

function sentence(event: Extract<NotableEvent, { readonly by: string }>): Inline {
  const by = event.by === '' ? prose`Somebody` : plain(event.by);
  if (event.kind === 'resumed')
    return prose`${by} goes on with the run after a reload, at ${plain(event.host)}`;
  const { did, note } = deedWords(event);
  return withNote(prose`${by} ${did}`, note);
}

/** What somebody did, as a predicate, and what they said of it; empty where they said nothing. */
export function deedWords(event: Deed): { readonly did: Inline; readonly note: string } {
  switch (event.kind) {
    case 'opened':
      return {
        did: prose`opened the runbook`,
        note: '',
      };
    case 'rollbackConfirmed':
      return {
        did: prose`confirmed the rollback from ${revisionWords(event.from)} to ${revisionWords(event.to)}`,
        note: '',
      };
    case 'operationConfirmed':
      return { did: prose`confirmed: ${operationWords(event.operation)}`, note: '' };
    case 'stepSkipped':
      return { did: prose`skipped the step “${plain(checkSteps[event.step].title)}”`, note: event.reason };
    case 'signed':
      return { did: prose`signed “${plain(checklistItems[event.item])}”`, note: event.note };
    case 'itemOverridden':
      return {
        did: prose`answers for “${plain(checklistItems[event.item])}” in place of its evidence`,
        note: event.note,
      };
    case 'overrideWithdrawn':
      return { did: prose`no longer answers for “${plain(checklistItems[event.item])}”`, note: '' };
    case 'taskChanged': {
      const owner = event.owner === '' ? prose`` : prose` (owner: ${plain(event.owner)})`;
      const title = plain(cleanUpTasks[event.task].title);
      return { did: prose`set the task “${title}” to ${taskWords[event.state]}${owner}`, note: event.note };
    }
    case 'handedOver':
      return { did: prose`handed the run over to ${plain(event.to)}`, note: event.note };
    case 'takenOver':
      return { did: prose`took the run over at ${plain(event.host)}`, note: '' };
    case 'signedOff':
      return {
        did: prose`signed the run off`,
        note: event.note,
      };
    case 'closed':
      return {
        did: prose`ended the run without a sign-off`,
        note: event.reason,
      };
  }
}

function operationWords(operation: Operation): Inline {
  switch (operation.kind) {
    case 'pause':
      return prose`pause the rollout`;
    case 'resume':
      return prose`resume the rollout`;
    case 'restart':
      return prose`restart the pods`;
    case 'scale':
      return prose`scale from ${operation.fromReplicas} to ${operation.toReplicas}`;
  }
}

function outcomeWords(what: string, outcome: WriteOutcome): Inline {
  switch (outcome.kind) {
    case 'applied':
      return prose`${plain(what)} was accepted by the API server`;
    case 'notApplied':
      return prose`${plain(what)} was not applied: ${plain(outcome.message)}`;
    case 'unknown':
      return prose`It is not known whether ${plain(what.toLowerCase())} was applied: ${plain(outcome.message)}`;
  }
}

function endWords({ kind, message, nowRevision }: RolloutEnd): Inline {
  const now = nowRevision === undefined ? prose`` : prose` (it is revision ${nowRevision} now)`;
  switch (kind) {
    case 'complete':
      return prose`The rollout is complete${now}`;
    case 'failed':
      return prose`The rollout failed: ${plain(message)}`;
    case 'stopped':
      return prose`Watching the rollout was stopped; the rollout itself went on`;
    case 'lost':
      return prose`The rollout could not be watched any more: ${plain(message)}`;
  }
}

/** What was said of it, behind a colon. */
function withNote(words: Inline, note: string): Inline {
  return joined([words, plain(note)], ': ');
}

function withFinding(words: Inline, summary: string): Inline {
  return summary === '' ? words : prose`${words} (${plain(summary)})`;
}
