import * as vscode from 'vscode';
import { incidentOf } from '../../domain/report/incident.ts';
import { readRunRecord } from '../../runs/run-record.ts';
import { incidentReport, type ReportPart } from '../../views/report/incident-report.ts';
import type { ReportClock } from '../../views/report/times.ts';
import type { ShownRun } from '../../views/runs/run-row.ts';
import { runKey } from '../runbooks.ts';
import type { RunsList } from '../runs-view/runs-list.ts';
import type { Command } from './command.ts';
import { pickFrom } from '../pick-from.ts';
import { pickRun } from './pick-run.ts';
import { targetOf, textField } from './target.ts';

const parts: readonly (vscode.QuickPickItem & { readonly part: ReportPart })[] = [
  {
    part: 'report',
    label: 'Full Report',
    detail: 'Summary, timeline, what changed, checklist, evidence, figures, logs, tasks, and the two below',
  },
  {
    part: 'stakeholders',
    label: 'Message for Stakeholders',
    detail: 'A few sentences for a chat, a mail or the status page',
  },
  {
    part: 'postMortem',
    label: 'Post-Mortem Template',
    detail: 'Impact, timeline and actions filled in; causes and lessons to be written',
  },
];

/**
 * Writes what a run was as Markdown, from its journal alone, into an editor that is saved only where the person chooses. `further`
 * may name the part that is wanted.
 */
export const exportReport: Command = {
  id: 'exportReport',
  doing: 'Export an incident report',
  async run({ runs, runbooks, runFolder }, argument, further) {
    const run = await runOf(runs, argument);
    if (run === undefined) return;
    const part =
      parts.find((one) => one.part === further)?.part ??
      (
        await pickFrom(parts, {
          title: `Export Incident Report: ${run.summary.target.name}`,
        })
      )?.part;
    if (part === undefined) return;
    const { id, target } = run.summary;
    await runbooks.stored(target);
    const { events, ...kept } = await readRunRecord(runFolder, id);
    const content = incidentReport(
      { incident: incidentOf(target, events), clock: clockHere(), ...kept },
      part,
    );
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: false });
  },
};

/** The newest run of the deployment that the panel names, else the run that a row names or the person picks. */
async function runOf(runs: RunsList, argument: unknown): Promise<ShownRun | undefined> {
  const target = textField(argument, 'run') === undefined ? targetOf(argument) : undefined;
  if (target === undefined) return pickRun(runs, argument, 'Export Incident Report');
  const own = (await runs.runs()).filter(({ summary }) => runKey(summary.target) === runKey(target));
  const [newest] = own.toSorted((a, b) => (a.summary.openedAt < b.summary.openedAt ? 1 : -1));
  if (newest === undefined) throw new Error(`No run of ${target.name} is recorded: open its runbook first.`);
  return newest;
}

/** The zone of the machine that the extension runs on, as in all other times that it shows. */
function clockHere(): ReportClock {
  return { now: Date.now(), offsetMinutes: (at) => -new Date(at).getTimezoneOffset() };
}
