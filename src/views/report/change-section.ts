import { redact } from '../../domain/redact.ts';
import type { Incident } from '../../domain/report/incident.ts';
import { revisionWords } from './event-words.ts';
import { code, fenced, prose } from './markdown.ts';

/** A diff that is longer is read in VS Code's own diff editor. */
const mostChanges = 200;
const longestValue = 500;

/** From → to, with what changed in the pod template as it was confirmed. */
export function changeSection({ run: { rollback } }: Incident): string {
  if (rollback === undefined) return 'Nothing was rolled back.';
  const { from, to, command, changes, end } = rollback;
  const now = end?.nowRevision;
  const head = [
    prose`- From ${revisionWords(from)}, ReplicaSet ${code(from.replicaSetName)}`,
    now === undefined || now === to.revision
      ? prose`- To ${revisionWords(to)}, ReplicaSet ${code(to.replicaSetName)}`
      : prose`- To ${revisionWords(to)}, ReplicaSet ${code(to.replicaSetName)}; its number is ${now} now`,
    prose`- What one would have typed: ${code(command)}`,
  ].join('\n');
  if (changes === undefined) return `${head}\n\nWhat changed in the pods is not in this run’s journal.`;
  const lines = changes
    .slice(0, mostChanges)
    .flatMap(({ path, from: before, to: after }) => [
      `@@ ${oneRow(path)} @@`,
      ...(before === undefined ? [] : [`-${oneRow(before)}`]),
      ...(after === undefined ? [] : [`+${oneRow(after)}`]),
    ]);
  const more =
    changes.length > mostChanges ? `\n\n${changes.length - mostChanges} more changes are not shown.` : '';
  return `${head}\n\nWhat changed in the pod template; values that may be secret are not shown:\n\n${fenced(lines, 'diff')}${more}`;
}

/** A value of several lines stays in its row of the diff. */
function oneRow(text: string): string {
  const row = redact(text).replaceAll(/[\r\n]+/g, ' ⏎ ');
  return row.length > longestValue ? `${row.slice(0, longestValue).toWellFormed()}…` : row;
}
