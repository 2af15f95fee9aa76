import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from '../../scripts/package/package-extension.ts';
import { startVsCode, type VsCodeServer } from '../testbed/vscode/server.ts';
import { openWindow, type VsCodeWindow } from '../testbed/vscode/window.ts';
import { sharedBed } from './shared-bed.ts';

describe('the packaged extension', () => {
  let folder: string;
  let server: VsCodeServer | undefined;
  let window: VsCodeWindow | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    const file = join(folder, 'extension.vsix');
    await packageExtension(file);
    const { demo, browser } = await sharedBed();
    server = await startVsCode({ packages: [file], userSettings: demo.settings });
    window = await openWindow(server, browser, { name: 'vsix' });
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.keepEvidence();
  });

  after(async () => {
    await window?.close();
    await server?.stop();
    await rm(folder, { recursive: true });
  });

  it('is installed by VS Code, activates, and shows the deployments of the cluster', async () => {
    assert.ok(window);
    const { workbench } = window;
    await workbench.openRollback();
    const row = await workbench.tree('Deployments').row('veza-backend-api');
    assert.equal(row.level, 3);
  });
});
