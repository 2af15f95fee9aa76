import type { RunTarget } from '../domain/runbook/events.ts';
import type { RevisionRef } from '../domain/runbook/events.ts';

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
  readonly changes: readonly { readonly words: string }[];
  readonly warnings: readonly string[];
  readonly command: string;
}

/** A dialog has no scroll bar everywhere: what is more stands in the diff. */
const changesShown = 12;

const checked =
  'The API server has accepted this in a dry run. It is refused if somebody changes the deployment before you confirm.';

export function rollbackWords(
  target: RunTarget,
  { from, to, changes, warnings, command }: Rollback,
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
      ],
      warnings,
      ['What changes in the pods:', ...shown, ...more],
      command,
    ),
  };
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
  return words === undefined ? '' : ` · “${words}”`;
}
