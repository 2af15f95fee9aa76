import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/bundle/bundle-extension.ts';
import { checklistItems, itemIds } from '../../../src/domain/runbook/checklist-items.ts';
import { stepIds } from '../../../src/domain/runbook/steps.ts';
import { taskIds } from '../../../src/domain/runbook/tasks.ts';

/** A row of the document: a line of the runbook, and what is said of it. */
interface Row {
  readonly line: number;
  readonly text: string;
  readonly doneBy: string;
  readonly how: string;
}

const rows = rowsOf(readFileSync(join(repository, 'docs', 'runbook-coverage.md'), 'utf8'));
/** The procedure as it was given, line by line. */
const runbook = readFileSync(join(import.meta.dirname, 'runbook.txt'), 'utf8').split('\n');
const later = '_later_';

const isCommand = (line: string | undefined) => /^(kubectl|curl) /.test(line ?? '');
const isBullet = (line: string) => /^-( |$)/.test(line);
/** A comment that no command follows asks for something itself. */
const isInstruction = (line: string, index: number) =>
  line.startsWith('# ') && !isCommand(runbook[index + 1]);

describe('docs/runbook-coverage.md', () => {
  it('has each of the 38 kubectl and curl lines once, as the runbook has it', () => {
    const wanted = linesWhere(isCommand);
    assert.equal(wanted.length, 38);
    assertOnce(wanted, isCommand);
  });

  it('has each bullet once, as the runbook has it', () => {
    const wanted = linesWhere(isBullet);
    assert.equal(wanted.length, 37);
    assertOnce(wanted, isBullet);
  });

  it('has each instruction without a command once', () => {
    assertOnce(linesWhere(isInstruction), isInstruction);
  });

  it('names only steps, commands, items, tasks and views that there are', () => {
    const known: Readonly<Record<string, ReadonlySet<string>>> = {
      step: new Set([...stepIds, 'revision', 'rollback']),
      command: new Set(contributed('commands', 'command')),
      item: new Set(itemIds),
      task: new Set(taskIds),
      view: new Set(contributed('views', 'id')),
    };
    for (const { line, doneBy } of rows.filter((row) => row.doneBy !== later)) {
      for (const part of doneBy.split(', ')) {
        const [, kind = '', name = ''] = /^(step|command|item|task|view) `(\w+)`$/.exec(part) ?? [];
        assert.ok(known[kind]?.has(name), `line ${line}: ${part}`);
      }
    }
  });

  it('says of each line what is done, or what will be', () => {
    for (const { line, how } of rows) assert.ok(how.length > 10 && how.endsWith('.'), `line ${line}`);
  });

  it('claims nothing of several services, databases, alerts and prevention', () => {
    const [services, database, checklist] = [
      'Multi-Service Rollback',
      'Database Migration Rollback',
      'Verification Checklist',
    ].map(heading);
    const prevention = heading('Prevention');
    const isLater = (line: number) =>
      (line > (services ?? 0) && line < (checklist ?? 0)) ||
      line > prevention ||
      ['- High error rates', '- Slow response times'].includes(runbook[line - 1] ?? '');
    assert.ok((services ?? 0) < (database ?? 0) && (database ?? 0) < (checklist ?? 0));
    assert.deepEqual(
      rows.filter(({ doneBy }) => doneBy === later).map(({ line }) => line),
      rows.map(({ line }) => line).filter(isLater),
    );
  });

  it('has each item of the checklist and each task of the clean-up where the runbook asks for it', () => {
    const named = (kind: string) =>
      new Set(
        rows.flatMap(({ doneBy }) =>
          [...doneBy.matchAll(new RegExp(`${kind} \`(\\w+)\``, 'g'))].map(([, name]) => name),
        ),
      );
    assert.deepEqual(new Set(itemIds), named('item'));
    // The runbook itself does not ask to hold deployments back.
    assert.deepEqual(new Set([...named('task'), 'holdDeployments']), new Set(taskIds));
    for (const [id, title] of Object.entries(checklistItems)) {
      const row = rows.find(
        ({ text }) => text === title || text === title.replace('the platform', 'platform'),
      );
      assert.ok(row?.doneBy.includes(`item \`${id}\``), title);
    }
  });

  it('has each step of a run', () => {
    const named = rows.map(({ doneBy }) => doneBy).join();
    for (const id of stepIds) assert.ok(named.includes(`step \`${id}\``), id);
  });
});

/** Line numbers, counted from 1. */
function linesWhere(holds: (line: string, index: number) => boolean): readonly number[] {
  return runbook.flatMap((line, index) => (holds(line, index) ? [index + 1] : []));
}

function heading(text: string): number {
  const line = runbook.indexOf(text) + 1;
  assert.ok(line > 0, text);
  return line;
}

/** The rows of these lines are there, in order, once, with the runbook's text; and no others of their kind. */
function assertOnce(wanted: readonly number[], isOfKind: (line: string, index: number) => boolean): void {
  const found = rows.filter(({ line }) => isOfKind(runbook[line - 1] ?? '', line - 1));
  assert.deepEqual(
    found.map(({ line, text }) => [line, text]),
    wanted.map((line) => [line, textOf(line)]),
  );
}

/** A line with those that it goes on in, without what only makes it a bullet or a comment. */
function textOf(line: number): string {
  let index = line - 1;
  let text = runbook[index] ?? '';
  if (text === '-') return runbook[index + 1] ?? '';
  while (text.endsWith('\\')) text = `${text.slice(0, -1).trimEnd()} ${(runbook[++index] ?? '').trim()}`;
  return text.replace(/^[-#] /, '');
}

function rowsOf(document: string): readonly Row[] {
  return document.split('\n').flatMap((line) => {
    if (!/^\| *\d+ *\|/.test(line)) return [];
    const [, number = '', text = '', doneBy = '', how = ''] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return [{ line: Number(number), text: written(text), doneBy, how }];
  });
}

/** What a cell's Markdown stands for. */
function written(cell: string): string {
  const [, html] = /^<code>(.*)<\/code>$/.exec(cell) ?? [];
  if (html !== undefined)
    return html
      .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  return cell.replace(/^`(.*)`$/, '$1').replaceAll(String.raw`\|`, '|');
}

/** What package.json contributes of a kind, without our prefix. */
function contributed(kind: 'commands' | 'views', field: 'command' | 'id'): readonly string[] {
  const { contributes } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    readonly contributes: Readonly<Record<string, unknown>>;
  };
  const entries = Object.values(contributes[kind] ?? {}).flat() as readonly Readonly<
    Record<string, string>
  >[];
  return entries.map((entry) => (entry[field] ?? '').replace('kubernetesRollback.', ''));
}
