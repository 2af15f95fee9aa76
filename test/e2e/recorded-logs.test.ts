import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { RunEvent } from '../../src/domain/runbook/events.ts';
import { RunFolder } from '../../src/runs/run-folder.ts';
import type { Bed } from '../testbed/vscode/bed.ts';
import { axeViolations, webviewFrame } from '../testbed/vscode/pages/webview.ts';
import type { VsCodeWindow } from '../testbed/vscode/window.ts';
import { applied, complete, confirmed, intended, stepDone } from '../unit/domain/runbook/run-events.ts';
import { keepCapturedLine } from './captured-log.ts';
import { keepPicture } from './pictures.ts';
import { sharedBed } from './shared-bed.ts';

/** A run of which nothing but its journal and what was captured is left, nor its deployment. */
describe('the logs of a run that is over', function () {
  this.timeout(90_000);
  // Of now: old runs are cleared away.
  const at = new Date().toISOString();
  const id = `${at.slice(0, 19).replace(/[:-]/g, '')}Z-ledger-0001`;
  let bed: Bed;
  let window: VsCodeWindow;
  let folder: RunFolder;
  let panel: Frame;

  before(async () => {
    bed = await sharedBed();
    const storage = 'data/User/globalStorage/kubernetes-rollback.kubernetes-rollback/runs';
    folder = new RunFolder(join(bed.server.folder, storage));
    const target = { context: 'demo', namespace: 'shop', name: 'ledger' };
    const seen = {
      text: 'Pod/ledger-bad-gone0 BackOff',
      tone: 'warning',
      at: '2026-01-02T03:04:00Z',
    } as const;
    const events: readonly RunEvent[] = [
      { at, kind: 'opened', target, id, by: 'jane' },
      ...stepDone('events', {
        state: 'ok',
        summary: '1 event',
        evidence: [{ ...seen, pod: 'ledger-bad-gone0' }],
      }),
      ...[confirmed, intended, applied, complete].map((event) => ({ ...event, at })),
      { at, kind: 'closed', by: 'jane', reason: 'an exercise' },
    ];
    const journal = folder.journal(id);
    for (const event of events) await journal.append(event);
    const pod = { name: 'ledger-bad-gone0', revision: 8, replicaSetUid: 'bad-uid' };
    await keepCapturedLine(folder.attachments(id), pod, 'FATAL no route to the database');
    window = await bed.openWindow({ name: 'recorded logs', size: { width: 1400, height: 860 } });
    await window.workbench.openRollback();
  });

  after(async () => {
    await window.close();
    await folder.remove(id);
  });

  it('are those that were captured in it', async () => {
    await window.workbench.tree('Runs').locator('ledger').click();
    await window.page.locator('.tab.active', { hasText: 'ledger (recorded)' }).waitFor();
    panel = await webviewFrame(window.page, 'kr-checklist');
    await panel.locator('.log-row', { hasText: 'no route to the database' }).waitFor();
  });

  it('stand side by side, before and after the rollback, and say where nothing was kept', async () => {
    await panel.getByRole('button', { name: 'Two revisions side by side' }).click();
    const before = panel.getByRole('region', { name: 'Before: Revision 8' });
    await before.locator('.log-row', { hasText: 'no route to the database' }).waitFor();
    await before.locator('.log-held', { hasText: /1 captured at [\d:]+, 7 older cut/ }).waitFor();
    const after = panel.getByRole('region', { name: 'After: Revision 7' });
    await after
      .locator('.log-alive', { hasText: 'Nothing was kept of Revision 7 in this run: only the failing' })
      .waitFor();
    assert.equal(await after.locator('.log-row', { hasText: 'no route' }).count(), 0);
    await after.locator('.log-mark', { hasText: 'rolled back to revision 7 by jane' }).waitFor();
    const boxes = await Promise.all([before, after].map((area) => area.boundingBox()));
    assert.ok((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0) <= (boxes[1]?.x ?? 0) + 1, 'they are side by side');
    assert.deepEqual(
      (await axeViolations(panel)).map(
        ({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`,
      ),
      [],
    );
    await keepPicture(window.page, 'recorded-split');
    await after.getByRole('button', { name: 'Two revisions side by side' }).click();
    await before.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: 'All pods' }).waitFor();
  });

  it('are shown at the time of evidence that was seen at a pod', async () => {
    await panel.getByRole('button', { name: 'Recent events' }).click();
    await panel.getByRole('button', { name: /^Open logs at this time: ledger-bad-gone0/ }).press('Enter');
    await panel.getByRole('button', { name: 'Pod ledger-bad-gone0' }).waitFor();
    await panel.locator('.log-row', { hasText: 'no route to the database' }).waitFor();
    await panel.locator('.log-scroll:focus').waitFor();
  });
});
