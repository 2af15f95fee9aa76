import * as vscode from 'vscode';
import { visible } from '../../domain/logs/visible.ts';
import { localTime } from '../../views/local-time.ts';
import { runRow, type ShownRun } from '../../views/runs/run-row.ts';
import type { RunsList } from '../runs-view/runs-list.ts';
import { pickFrom } from '../pick-from.ts';
import { textField } from './target.ts';

/**
 * The run that a row or another command names, else one that the person picks: found by name, namespace, context, person or
 * date. Undefined where the person picks none. Throws where the named run is gone.
 */
export async function pickRun(
  runs: RunsList,
  argument: unknown,
  title: string,
  offered: (run: ShownRun) => boolean = () => true,
): Promise<ShownRun | undefined> {
  const id = textField(argument, 'run');
  if (id !== undefined) {
    const named = await runs.find(id);
    if (named === undefined) throw new Error('This run is not there any more.');
    return named;
  }
  const all = (await runs.runs()).filter(offered);
  const now = Date.now();
  const items = all.map((run) => {
    const { label, description } = runRow(run, now);
    const { target, openedAt, people } = run.summary;
    const detail = [`${target.namespace} in ${target.context}`, localTime(openedAt, now), ...people];
    return { label: visible(label), description, detail: visible(detail.join(' · ')), run };
  });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`${title}: there is no such run on this machine.`);
    return undefined;
  }
  const picked = await pickFrom(items, {
    title,
    placeHolder: 'Name, namespace, context, person or date',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.run;
}
