import assert from 'node:assert/strict';
import { lintSandbox, type LintSandbox } from './lint-sandbox.ts';

/** What breaks a rule: title, rule, text. */
const breaches: readonly (readonly [title: string, rule: string, text: string])[] = [
  ['any', 'typescript(no-explicit-any)', 'export const a: any = 1;'],
  [
    'a non-null assertion',
    'typescript(no-non-null-assertion)',
    'export const first = (list: readonly string[]): string => list[0]!;',
  ],
  [
    'a promise that nobody waits for',
    'typescript(no-floating-promises)',
    'async function a(): Promise<void> {}\nexport function b(): void {\n  a();\n}',
  ],
  [
    'a promise where a callback gives nothing back',
    'typescript(no-misused-promises)',
    'export const all = (list: readonly string[]): void => list.forEach(async () => {});',
  ],
  [
    'an import of types that stays at run time',
    'typescript(consistent-type-imports)',
    "import { Row } from './row.ts';\nexport const row: Row = { label: '' };",
  ],
  [
    'a switch that forgets a case',
    'typescript(switch-exhaustiveness-check)',
    "export function a(b: 'x' | 'y'): void {\n  switch (b) {\n    case 'x':\n      break;\n  }\n}",
  ],
  [
    'an error caught and ignored',
    'eslint(no-empty)',
    'export function a(b: () => void): void {\n  try {\n    b();\n  } catch {}\n}',
  ],
  ['a file of over 300 lines', 'eslint(max-lines)', `export const a = 1;\n${'// line\n'.repeat(300)}`],
];

/** What a pure folder may not touch, each in an expression. */
const impure: readonly (readonly [title: string, rule: string, expression: string])[] = [
  ['the clock', 'eslint(no-restricted-globals)', 'Date.now()'],
  ['the date', 'eslint(no-restricted-globals)', 'new Date()'],
  ['the process', 'eslint(no-restricted-globals)', 'process.env'],
  ['timers', 'eslint(no-restricted-globals)', 'setTimeout(() => undefined, 1)'],
  ['the network', 'eslint(no-restricted-globals)', "fetch('http://127.0.0.1/')"],
  ['the global object', 'eslint(no-restricted-globals)', 'globalThis.Date'],
  ['chance', 'eslint(no-restricted-properties)', 'Math.random()'],
];

describe('the code rules', () => {
  let sandbox: LintSandbox;
  before(async () => {
    sandbox = await lintSandbox(
      Object.fromEntries([
        ['src/host/row.ts', 'export interface Row { readonly label: string }'],
        ...breaches.map(([, , text], index) => [`src/host/breach-${index}.ts`, text] as const),
        ...impure.map(
          ([, , text], index) =>
            [`src/domain/breach-${index}.ts`, `export const a = (): unknown => ${text};`] as const,
        ),
      ]),
    );
  });
  after(() => sandbox.remove());

  for (const [index, [title, rule]] of breaches.entries()) {
    it(`refuse ${title}`, () => {
      assert.deepEqual(sandbox.complaints(`src/host/breach-${index}.ts`), [rule]);
    });
  }

  for (const [index, [title, rule]] of impure.entries()) {
    it(`refuse ${title} in the domain`, () => {
      assert.deepEqual(sandbox.complaints(`src/domain/breach-${index}.ts`), [rule]);
    });
  }

  it('have nothing against a file that keeps them', () => {
    assert.deepEqual(sandbox.complaints('src/host/row.ts'), []);
  });
});
