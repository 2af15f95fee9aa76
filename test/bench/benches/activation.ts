import { join } from 'node:path';
import { bundleExtension, repository } from '../../../scripts/bundle/bundle-extension.ts';
import { openBed } from '../../testbed/vscode/bed.ts';
import { startVsCode } from '../../testbed/vscode/server.ts';
import { openWindow, type VsCodeWindow } from '../../testbed/vscode/window.ts';
import { median, row, type Row } from '../row.ts';

const runs = 7;

/** An extension with one view of one row and nothing else: what VS Code itself takes. */
const emptyExtension = join(import.meta.dirname, '..', 'empty-extension');

/** A tree's first row, and where it is. */
interface Place {
  readonly container: string;
  readonly view: string;
  readonly label: string;
}

const deployments: Place = { container: 'Rollback', view: 'Deployments', label: 'veza-backend-api' };
const oneRow: Place = { container: 'Empty', view: 'One Row', label: 'row' };

/**
 * From asking for the page to the first deployment in the tree, the side bar being open from before: VS Code's own
 * start, the extension's activation, the kubeconfig, the connection and the first list. Ours and the empty extension
 * take turns, so that a busy machine is busy for both.
 */
export async function activation(log: (line: string) => void): Promise<readonly Row[]> {
  await bundleExtension({ production: true });
  const bed = await openBed({ extensions: [repository] });
  const peer = await startVsCode({ extensions: [emptyExtension] });
  try {
    const ours = await bed.openWindow({ name: 'bench-ours' });
    const empty = await openWindow(peer, bed.browser, { name: 'bench-empty' });
    await show(ours, deployments);
    await show(empty, oneRow);
    const times: { readonly ours: number; readonly empty: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      times.push({ ours: await untilRow(ours, deployments), empty: await untilRow(empty, oneRow) });
    }
    for (const run of times) log(`ours ${Math.round(run.ours)} ms, empty ${Math.round(run.empty)} ms`);
    await empty.close();
    const against = { name: 'an empty extension', value: median(times.map((run) => run.empty)) };
    return [
      row('page asked for to first tree', median(times.map((run) => run.ours)), 'ms', {
        against,
        goal: against.value + 500,
      }),
    ];
  } finally {
    await peer.stop();
    await bed.close();
  }
}

async function show(window: VsCodeWindow, place: Place): Promise<void> {
  await window.workbench.openContainer(place.container);
  await window.workbench.tree(place.view).row(place.label);
}

/** Milliseconds from a reload of the window to the row in the tree. */
async function untilRow(window: VsCodeWindow, place: Place): Promise<number> {
  const begun = performance.now();
  await window.page.reload({ waitUntil: 'commit' });
  await window.workbench.tree(place.view).locator(place.label).waitFor();
  return performance.now() - begun;
}
