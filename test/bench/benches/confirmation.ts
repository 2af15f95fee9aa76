import { bundleExtension, repository } from '../../../scripts/bundle/bundle-extension.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { eventually } from '../../testbed/eventually.ts';
import { openBed } from '../../testbed/vscode/bed.ts';
import type { VsCodeWindow } from '../../testbed/vscode/window.ts';
import { median, row, type Row } from '../row.ts';

const runs = 5;
const deployment = 'veza-frontend';
const namespace = 'veza-production';

/**
 * From the confirming key press in VS Code to the moment when the API server receives the PATCH, by its audit log; and
 * the same from the start of `kubectl rollout undo`. Both undo the same deployment again and again, in turns.
 */
export async function confirmation(log: (line: string) => void): Promise<readonly Row[]> {
  await bundleExtension({ production: true });
  const bed = await openBed({ extensions: [repository] });
  const { cluster } = bed.demo;
  try {
    const window = await bed.openWindow({ name: 'bench-confirmation' });
    await window.workbench.openRollback();
    await window.workbench.tree('Deployments').row(deployment);
    const times: { readonly ours: number; readonly kubectl: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      const ours = await untilPatch(cluster, () => confirmOurs(window));
      const kubectl = await untilPatch(cluster, async () => {
        const begun = Date.now();
        await cluster.kubectl(['rollout', 'undo', `deployment/${deployment}`, '-n', namespace]);
        return begun;
      });
      times.push({ ours, kubectl });
      log(`ours ${ours} ms, kubectl ${kubectl} ms`);
    }
    const against = { name: 'kubectl rollout undo', value: median(times.map(({ kubectl }) => kubectl)) };
    return [
      row('confirmation to PATCH', median(times.map(({ ours }) => ours)), 'ms', {
        against,
        goal: against.value,
      }),
    ];
  } catch (error) {
    for (const window of bed.windows) await window.keepEvidence();
    throw error;
  } finally {
    await bed.close();
  }
}

/** Prepares a rollback by the palette, confirms it, and gives the time of the confirming key press. */
async function confirmOurs({ page, workbench }: VsCodeWindow): Promise<number> {
  await workbench.runCommand('Rollback: Roll Back to Previous Revision');
  await workbench.quickInput.choose(deployment);
  const { buttons } = await workbench.dialog.read();
  const confirm = buttons.find((button) => button.startsWith('Roll Back to Revision'));
  if (confirm === undefined) throw new Error(`There is nothing to confirm: ${buttons.join(', ')}`);
  const focused = workbench.dialog.box
    .getByRole('button', { name: confirm, exact: true })
    .and(page.locator(':focus'));
  await focused.waitFor();
  const begun = Date.now();
  await page.keyboard.press('Enter');
  return begun;
}

/** Milliseconds from what `act` gives as its beginning to the PATCH that it brings about; waits until it is rolled out. */
async function untilPatch(cluster: Cluster, act: () => Promise<number>): Promise<number> {
  const before = (await patches(cluster)).length;
  const begun = await act();
  const patch = await eventually('the PATCH in the audit log', async () => (await patches(cluster))[before]);
  await cluster.kubectl(['rollout', 'status', `deployment/${deployment}`, '-n', namespace]);
  return Math.round(Date.parse(patch.time) - begun);
}

async function patches(cluster: Cluster) {
  const entries = await cluster.audit();
  return entries.filter(
    ({ verb, resource, name, dryRun }) =>
      verb === 'patch' && resource === 'deployments' && name === deployment && !dryRun,
  );
}
