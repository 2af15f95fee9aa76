/**
 * `npm run test:electron [-- --vscode-version VERSION]`: runs test/integration in desktop VS Code, which is downloaded:
 * `stable` by default; `minimum` is the oldest that the extension supports. Where Go is missing, as it may be on
 * Windows, `--kubeconfig FILE` takes a cluster that runs already.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { bundleExtension, repository } from '../../../scripts/bundle/bundle-extension.ts';
import { bundleHostTests } from '../../../scripts/bundle/bundle-host-tests.ts';
import { EventPrinter } from '../../integration/event-printer.ts';
import { startEventServer } from '../../integration/event-server.ts';
import { EVENTS_ADDRESS } from '../../integration/host-event.ts';
import { startDemo } from '../demo/start.ts';
import { quietSettings } from '../vscode/settings.ts';

const { values } = parseArgs({
  options: {
    'vscode-version': { type: 'string', default: 'stable' },
    kubeconfig: { type: 'string' },
  },
});

await bundleExtension({ production: true });
const tests = await bundleHostTests();
const printer = new EventPrinter((line) => console.log(line));
const events = await startEventServer((event) => printer.take(event));
const demo = values.kubeconfig === undefined ? await startDemo((line) => console.log(line)) : undefined;
const profile = await mkdtemp(join(tmpdir(), 'vscode-'));
try {
  const settings = demo?.settings ?? { 'kubernetesRollback.kubeconfig': values.kubeconfig };
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  await runTests({
    version: values['vscode-version'] === 'minimum' ? minimumVersion() : values['vscode-version'],
    extensionDevelopmentPath: repository,
    extensionTestsPath: tests,
    extensionTestsEnv: { [EVENTS_ADDRESS]: events.address },
    launchArgs: ['--user-data-dir', profile, '--disable-workspace-trust', '--disable-updates', profile],
  });
  await events.ended;
} finally {
  await demo?.stop();
  events.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
const { passed, failed, skipped } = printer.tally;
console.log(`${passed} passed, ${failed.length} failed, ${skipped} skipped`);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;

/** The floor of `engines.vscode`, which is written as `^1.107.0`. */
function minimumVersion(): string {
  const { engines }: { engines: { vscode: string } } = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  );
  return engines.vscode.replace('^', '');
}
