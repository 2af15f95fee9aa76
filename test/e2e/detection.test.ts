import assert from 'node:assert/strict';

import { eventually } from '../testbed/eventually.ts';
import type { Bed } from '../testbed/vscode/bed.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';
import { themes } from './vscode-themes.ts';

/** What the runbook calls manual detection, each from the palette with the keyboard alone. */
describe('manual detection', function () {
  this.timeout(60_000);
  const address = 'http://boards.example/d?of=a%26b%23c%2Fd%20e%2B%25';
  let window: VsCodeWindow;
  let bed: Bed;

  before(async () => {
    bed = await sharedBed();
    await bed.server.setUserSettings({
      ...bed.demo.settings,
      'kubernetesRollback.dashboards': [
        { deployment: 'veza-production/veza-backend-api', url: `${address}&in={namespace}` },
      ],
    });
    window = await bed.openWindow({
      name: 'detection',
      settings: { 'workbench.colorTheme': 'Default Dark Modern' },
      size: { width: 1400, height: 860 },
    });
    await window.workbench.openRollback();
  });

  after(async () => {
    await window.close();
    await bed.server.setUserSettings(bed.demo.settings);
  });

  it('shows a deployment’s events, newest last, live, warnings with a mark', async () => {
    await show('Show Events', 'veza-backend-api');
    await shows(/^Events of veza-backend-api, its ReplicaSets and pods$/m);
    await shows(/⚠ Warning +BackOff +pod\/veza-backend-api-/);
    await shows(/● Live · \d+ lines, [1-9]/);
    await picture('events');
  });

  it('shows what a deployment’s pods use against their requests and limits', async () => {
    await show('Show Top Pods', 'veza-backend-api');
    await shows(/^POD +CONTAINER +CPU/m);
    await shows(/^veza-backend-api-\S+ +api .* of 250m/m);
    await picture('top-pods');
  });

  it('describes a failing deployment and why it fails', async () => {
    await show('Describe', 'veza-backend-api');
    await shows(/^Health +Degraded: 3 pods/m);
    await picture('describe');
  });

  it('describes a failing pod with its last termination', async () => {
    const { quickInput } = window.workbench;
    await window.workbench.runCommand('Rollback: Describe');
    await quickInput.choose('veza-backend-api');
    await window.page.locator('.quick-input-widget input[placeholder="Of what?"]').waitFor();
    await quickInput.type('veza-backend-api-');
    await window.page
      .locator('.quick-input-list .monaco-list-row.focused .label-name', {
        hasText: /veza-backend-api-\w+-\w+/,
      })
      .first()
      .waitFor();
    await quickInput.accept();
    await shows(/^Controlled by +ReplicaSet veza-backend-api-/m);
    await shows(/^ +Last run +Error, exit code 1/m);
    await picture('describe-pod');
  });

  it('shows the live YAML of a deployment', async () => {
    await show('Show YAML', 'veza-backend-api');
    await shows(/^kind: Deployment$/m);
    await keepPicture(window.page, 'yaml');
  });

  it('compares any two revisions in the diff editor', async () => {
    const { quickInput } = window.workbench;
    await window.workbench.runCommand('Rollback: Compare Revisions…');
    await quickInput.choose('veza-backend-api');
    await window.page.locator('.quick-input-widget input[placeholder="The first of two"]').waitFor();
    await quickInput.choose('3 · v2.3.1');
    await window.page.locator('.quick-input-widget input[placeholder="Compare with"]').waitFor();
    await quickInput.choose('4 · v2.4.0-crash');
    await window.workbench.editor.tab('veza-backend-api: 3 (v2.3.1) ↔ 4 (v2.4.0-crash, live)');
    await shows(
      /image: ghcr\.io\/veza\/backend-api:v2\.3\.1[^]*image: ghcr\.io\/veza\/backend-api:v2\.4\.0-crash/,
    );
    await window.page.locator('.editor-instance .line-insert').first().waitFor();
    await keepPicture(window.page, 'compare');
  });

  it('opens the dashboard at exactly the address that is set, whatever is encoded in it', async () => {
    // Answered here: nothing leaves this machine.
    const asked = Promise.withResolvers<string>();
    await window.page.context().route('http://boards.example/**', async (route) => {
      asked.resolve(route.request().url());
      await route.fulfill({ body: 'the board' });
    });
    const { quickInput, dialog } = window.workbench;
    await window.workbench.runCommand('Rollback: Open Dashboard');
    await quickInput.choose('veza-backend-api');
    assert.match((await dialog.read()).message, /open the external website/);
    const page = window.page.context().waitForEvent('page');
    await dialog.press('Open');
    assert.equal(await asked.promise, `${address}&in=veza-production`);
    await (await page).close();
  });

  /** Runs a command on a deployment itself. */
  async function show(command: string, deployment: string): Promise<void> {
    const { quickInput } = window.workbench;
    await window.workbench.runCommand(`Rollback: ${command}`);
    await quickInput.choose(deployment);
    await window.page.locator('.quick-input-widget input[placeholder="Of what?"]').waitFor();
    await quickInput.choose(deployment);
  }

  /** Takes a picture in each theme once the colours are on. */
  async function picture(name: string): Promise<void> {
    for (const [kind, theme] of Object.entries(themes)) {
      await window.setSettings({ 'workbench.colorTheme': theme });
      await window.workbench.themed(kind as keyof typeof themes);
      await window.page.locator('.editor-instance .view-lines [class*=ced-]').first().waitFor();
      await eventually(`every tone to be readable in ${theme}`, async () => (await leastContrast()) >= 4.5);
      await keepPicture(window.page, kind === 'vs-dark' ? name : `${name}-${kind}`);
    }
    await window.setSettings({ 'workbench.colorTheme': themes['vs-dark'] });
  }

  /** Of all toned text in the editor, the worst contrast with the background. Source: WCAG 2.2, contrast ratio. */
  async function leastContrast(): Promise<number> {
    return window.page.evaluate(() => {
      const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (colour: string) => {
        const [red = 0, green = 0, blue = 0] = parts(colour).map((part) =>
          part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const editor = document.querySelector('.editor-instance .monaco-editor-background');
      const back = luminance(editor === null ? '' : getComputedStyle(editor).backgroundColor);
      const toned = [...document.querySelectorAll('.editor-instance .view-lines [class*=ced-]')];
      const ratios = toned.map((element) => {
        const { color } = getComputedStyle(element);
        if (parts(color)[3] === 0) return 1;
        const text = luminance(color);
        return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
      });
      return Math.min(...ratios);
    });
  }

  async function shows(words: RegExp): Promise<void> {
    await eventually(
      `the editor to show ${words}`,
      async () => words.test(await window.workbench.editor.text()),
      { limit: 20_000 },
    );
  }
});
