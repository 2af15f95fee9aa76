/**
 * `npm start [-- --kubeconfig FILE] [-- --no-open]`: does all the set-up, starts the demo cluster (or uses one's own),
 * and shows VS Code with the extension in the browser. Ctrl-C ends everything.
 */
import { parseArgs } from 'node:util';
import { installVsCodeServer } from '../test/testbed/vscode/code-server.ts';
import { startVsCode } from '../test/testbed/vscode/server.ts';
import { bundleExtension, repository } from './bundle/bundle-extension.ts';
import { MissingRequirements, setUp } from './set-up/set-up.ts';
import { Endings } from './start/endings.ts';
import { firstLook } from './start/first-look.ts';
import { openInBrowser } from './start/open-in-browser.ts';
import { settingsFor } from './start/settings-for.ts';
import { makeWorkspace } from './start/workspace.ts';

const { values } = parseArgs({
  options: { kubeconfig: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
});
const endings = new Endings();
const begun = performance.now();

try {
  await start();
} catch (error) {
  // What fails after Ctrl-C fails because of it.
  if (!endings.begun) {
    console.error(error instanceof MissingRequirements ? error.message : error);
    await endings.end();
    process.exit(1);
  }
}

async function start(): Promise<void> {
  await setUp({ go: values.kubeconfig === undefined, browser: false, vscode: true }, log);
  await installVsCodeServer(log);
  const settings = await settingsFor(values.kubeconfig, endings, log);
  log('Building the extension');
  await bundleExtension({ production: true });
  log('Starting VS Code');
  const workspace = await makeWorkspace(values.kubeconfig === undefined);
  endings.add(() => workspace.remove());
  const server = await startVsCode({ extensions: [repository, firstLook], userSettings: settings });
  endings.add(() => server.stop());
  const address = server.url({ workspace: workspace.folder });
  log(`Ready after ${Math.round((performance.now() - begun) / 1000)} s`);
  console.log(`\n${workspace.nextThings}\n\n  VS Code:  ${address}\n  Ctrl-C ends everything.\n`);
  if (!values['no-open']) await openInBrowser(address, log);
  throw new Error(await server.died);
}

function log(line: string): void {
  console.log(`· ${line}`);
}
