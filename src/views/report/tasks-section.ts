import type { Incident, ReportTask } from '../../domain/report/incident.ts';
import { openTasks } from '../../domain/report/incident.ts';
import { taskWords } from './event-words.ts';
import { type Inline, joined, prose, plain, table } from './markdown.ts';

/** What is left to do first, each with who does it; then what is done. */
export function tasksSection(incident: Incident): string {
  const open = openTasks(incident);
  const settled = incident.tasks.filter((task) => !open.includes(task));
  const parts = [
    open.length === 0
      ? 'No task is open.'
      : `Open:\n\n${open.map((task) => `- [ ] ${taskLine(task)}`).join('\n')}`,
    ...(settled.length === 0
      ? []
      : [`Settled:\n\n${settled.map((task) => `- [x] ${taskLine(task)}`).join('\n')}`]),
  ];
  return parts.join('\n\n');
}

function taskLine({ group, title, state, owner, note }: ReportTask): Inline {
  const isOpen = state === 'open' || state === 'inProgress';
  const nobody = isOpen ? prose`nobody has it` : prose``;
  const who = owner === '' ? nobody : prose`owner: ${plain(owner)}`;
  const how = joined([taskWords[state], who], ', ');
  return joined([prose`${plain(group)}: ${plain(title)}`, how, plain(note)], ' – ');
}

/** The open tasks as the actions of a post-mortem. */
export function actionsTable(incident: Incident): string {
  return table(
    ['Action', 'Owner', 'State', 'Note'],
    openTasks(incident).map(({ title, owner, state, note }) => [
      plain(title),
      plain(owner),
      taskWords[state],
      plain(note),
    ]),
  );
}
