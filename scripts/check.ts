/** `npm run check`: everything that can be said of the sources without running them. Fails when one check objects. */
import { checkPackage } from './checks/package-contents.ts';
import { runTool } from './checks/run-tool.ts';

const checks: readonly (readonly [string, () => Promise<readonly string[]>])[] = [
  ['format', () => runTool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.')],
  ['types', () => runTool('typescript/bin/tsc', '--project', '.')],
  ['lint', () => runTool('oxlint/bin/oxlint', '--deny-warnings', '.')],
  ['unused code', () => runTool('knip/bin/knip.js', '--no-progress')],
  ['package contents', checkPackage],
];

for (const [name, check] of checks) {
  const begun = performance.now();
  // A check that cannot be made is an objection too; the others are still worth making.
  const problems = await check().catch((error: unknown) => [String(error)]);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? '✔' : '✖'} ${name} (${seconds} s)`);
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
}
