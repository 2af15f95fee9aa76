import type { RunTarget } from '../domain/runbook/events.ts';
import { runState, type RunState } from '../domain/runbook/state.ts';
import { isOf } from './held-run.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunIndex } from './run-index.ts';

/** A run as its journal has it, for who does not carry it out. */
export interface LookedAtRun {
  readonly state: RunState;
  /** The folder of what is kept beside the journal. */
  readonly attachments: string;
}

/** The deployment's run in which something has happened last; undefined where it has none. Throws where it cannot be read. */
export async function lookAtRun(
  folder: RunFolder,
  index: RunIndex,
  target: RunTarget,
): Promise<LookedAtRun | undefined> {
  const [last] = (await index.runs())
    .map(({ summary }) => summary)
    .filter((summary) => isOf(target, summary))
    .toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
  if (last === undefined) return undefined;
  const { events } = await folder.journal(last.id).read();
  return { state: runState(target, events), attachments: folder.attachments(last.id) };
}
