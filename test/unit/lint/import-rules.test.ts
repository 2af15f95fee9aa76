import assert from 'node:assert/strict';
import { lintSandbox, type LintSandbox } from './lint-sandbox.ts';

/** A file that breaks a rule, and the rule. */
interface Breach {
  readonly title: string;
  readonly file: string;
  readonly text: string;
  readonly rule: string;
}

const imports = 'eslint(no-restricted-imports)';
const breaches: readonly Breach[] = [
  ...[
    'domain/a.ts',
    'ports/a.ts',
    'cluster/a.ts',
    'runs/a.ts',
    'views/a.ts',
    'shared/a.ts',
    'webview/a.ts',
  ].flatMap((file) => [
    breach('vscode', file, "import * as vscode from 'vscode';\nexport const version = vscode.version;"),
    breach('types of vscode', file, "import type { Uri } from 'vscode';\nexport type Place = Uri;"),
    breach('vscode lazily', file, "export const load = () => import('vscode');"),
  ]),
  ...arrow('domain', ['cluster', 'runs', 'ports', 'views', 'host', 'shared', 'webview']),
  ...arrow('ports', ['cluster', 'runs', 'views', 'host', 'shared', 'webview']),
  ...arrow('cluster', ['runs', 'views', 'host', 'shared', 'webview']),
  ...arrow('runs', ['views', 'host', 'shared', 'webview']),
  ...arrow('views', ['cluster', 'runs', 'ports', 'host', 'webview']),
  ...arrow('shared', ['cluster', 'runs', 'ports', 'views', 'host', 'webview', 'domain']),
  ...arrow('webview', ['cluster', 'runs', 'ports', 'views', 'host']),
  ...arrow('host', ['webview']),
  breach('Node', 'domain/a.ts', "import { readFileSync } from 'node:fs';\nexport { readFileSync };"),
  breach('a library', 'domain/a.ts', "import { parse } from 'yaml';\nexport { parse };"),
  breach('a scoped library', 'domain/a.ts', "import axe from '@axe/core';\nexport { axe };"),
  breach(
    'the client library at run time',
    'domain/a.ts',
    "import { KubeConfig } from '@kubernetes/client-node';\nexport { KubeConfig };",
  ),
  breach('a library', 'views/a.ts', "import { html } from 'lit';\nexport { html };"),
  breach('a library', 'shared/a.ts', "import { html } from 'lit';\nexport { html };"),
  breach('Node', 'webview/a.ts', "import { join } from 'node:path';\nexport { join };"),
];

/** Text that no import rule objects to. */
const allowed: readonly { readonly title: string; readonly file: string; readonly text: string }[] = [
  {
    title: 'the domain with types of the client library',
    file: 'domain/a.ts',
    text: "import type { V1Pod } from '@kubernetes/client-node';\nexport type Pod = V1Pod;",
  },
  {
    title: 'the panel with types of the views',
    file: 'webview/a.ts',
    text: "import type { Row } from '../views/row.ts';\nexport type Line = Row;",
  },
  {
    title: 'the host with vscode',
    file: 'host/a.ts',
    text: "import * as vscode from 'vscode';\nexport const version = vscode.version;",
  },
  {
    title: 'extension.ts with vscode',
    file: 'extension.ts',
    text: "import * as vscode from 'vscode';\nexport const version = vscode.version;",
  },
];

describe('the import rules', () => {
  let sandbox: LintSandbox;
  before(async () => {
    sandbox = await lintSandbox(
      Object.fromEntries([
        ...breaches.map(({ file, text }, index) => [placed(file, index), text] as const),
        ...allowed.map(({ file, text }, index) => [placed(file, breaches.length + index), text] as const),
        ['src/domain/ring-a.ts', "import { b } from './ring-b.ts';\nexport const a = (): number => b();"],
        ['src/domain/ring-b.ts', "import { a } from './ring-a.ts';\nexport const b = (): number => a();"],
        [
          'src/domain/types-a.ts',
          "import type { B } from './types-b.ts';\nexport interface A { readonly b: B }",
        ],
        [
          'src/domain/types-b.ts',
          "import type { A } from './types-a.ts';\nexport interface B { readonly a: A }",
        ],
        ['src/views/row.ts', 'export interface Row { readonly label: string }'],
      ]),
    );
  });
  after(() => sandbox.remove());

  for (const [index, { title, file, rule }] of breaches.entries()) {
    it(`refuse ${title}`, () => {
      assert.ok(sandbox.complaints(placed(file, index)).includes(rule));
    });
  }

  for (const [index, { title, file }] of allowed.entries()) {
    it(`allow ${title}`, () => {
      assert.deepEqual(sandbox.complaints(placed(file, breaches.length + index)), []);
    });
  }

  it('refuse a cycle, of types too', () => {
    for (const file of ['src/domain/ring-a.ts', 'src/domain/types-a.ts']) {
      assert.ok(sandbox.complaints(file).includes('import(no-cycle)'));
    }
  });
});

function breach(what: string, file: string, text: string): Breach {
  return { title: `${what} in src/${file.split('/')[0]}`, file, text, rule: imports };
}

function arrow(from: string, to: readonly string[]): Breach[] {
  return to.map((folder) =>
    breach(
      `src/${folder}`,
      `${from}/a.ts`,
      `import { part } from '../${folder}/part.ts';\nexport const taken = part;`,
    ),
  );
}

/** Each text has a file of its own; only extension.ts must keep its name. */
function placed(file: string, index: number): string {
  return file === 'extension.ts' ? 'src/extension.ts' : `src/${file.replace('/a.ts', `/breach-${index}.ts`)}`;
}
