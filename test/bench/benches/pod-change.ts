import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { bundleExtension, repository } from '../../../scripts/bundle/bundle-extension.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { DEMO_NAMESPACE } from '../../testbed/demo/deployments.ts';
import { eventually } from '../../testbed/eventually.ts';
import { openBed } from '../../testbed/vscode/bed.ts';
import { webviewFrame } from '../../testbed/vscode/pages/webview.ts';
import { median, row, type Row } from '../row.ts';

const changes = 20;
const deployment = 'veza-frontend';
/** Changes are gathered before they are drawn: 50 ms in the store, then 100 ms in the panel and 300 ms in the tree. */
const panelGoalMs = 250;
const treeGoalMs = 500;

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly conditions: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses: readonly object[];
  };
}

/**
 * A pod that becomes ready or is not ready any more, from the request that changes it in the real API server to the frame in
 * which VS Code has drawn it: in the runbook's panel and in the tree; against the line of `kubectl get pods --watch`.
 */
export async function podChange(log: (line: string) => void): Promise<readonly Row[]> {
  await bundleExtension({ production: true });
  const bed = await openBed({ extensions: [repository] });
  const { cluster } = bed.demo;
  const lines = watchPods(cluster);
  try {
    const { page, workbench } = await bed.openWindow({ name: 'bench-pod-change' });
    await workbench.openRollback();
    const tree = workbench.tree('Deployments');
    await tree.expand(deployment);
    await tree.expand('Pods');
    await workbench.runCommand('Rollback: Open Runbook');
    await workbench.quickInput.choose(deployment);
    const panel = await webviewFrame(page, 'kr-checklist');
    await panel.locator('.figure-value').first().waitFor();
    const pod = await podOf(cluster);
    const name = pod.metadata.name;
    const times: { readonly panel: number; readonly tree: number; readonly kubectl: number }[] = [];
    for (let change = 0; change < changes; change += 1) {
      const drawn = [panelDrawn(panel), treeDrawn(page, name.slice(name.lastIndexOf('-') + 1))];
      const told = lines.next(name);
      // What is looked at is there before anything changes.
      await Promise.all([panel, page].map((where) => where.evaluate(() => undefined)));
      const begun = await setReady(cluster, name, change % 2 === 1);
      const [inPanel = 0, inTree = 0] = await Promise.all(drawn);
      times.push({ panel: inPanel - begun, tree: inTree - begun, kubectl: (await told) - begun });
    }
    const middle = (side: keyof (typeof times)[number]) => median(times.map((each) => each[side]));
    for (const side of ['panel', 'tree', 'kubectl'] as const)
      log(`${side}: ${times.map((each) => each[side]).join(', ')} ms`);
    const against = { name: 'kubectl get --watch', value: middle('kubectl') };
    return [
      row('pod change → panel repainted', middle('panel'), 'ms', { against, goal: panelGoalMs }),
      row('pod change → tree repainted', middle('tree'), 'ms', { against, goal: treeGoalMs }),
    ];
  } catch (error) {
    for (const window of bed.windows) await window.keepEvidence();
    throw error;
  } finally {
    lines.end();
    await bed.close();
  }
}

/** When the number of ready pods is another one in the panel, in ms since the epoch, with the frame that shows it. */
function panelDrawn(panel: Frame): Promise<number> {
  return panel.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const value = () => document.querySelector('.figure-value')?.textContent;
        const before = value();
        const look = (): void => {
          if (value() === before) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(Date.now()));
        };
        requestAnimationFrame(look);
      }),
  );
}

/** When the pod's row says something else. */
function treeDrawn(page: Page, short: string): Promise<number> {
  return page.evaluate(
    (ending) =>
      new Promise<number>((resolve) => {
        const row = () =>
          [...document.querySelectorAll('.monaco-list-row[role=treeitem]')].find((each) =>
            each.querySelector('.label-name')?.textContent.endsWith(`·${ending}`),
          )?.textContent;
        const before = row();
        const look = (): void => {
          const now = row();
          if (now === before || now === undefined) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(Date.now()));
        };
        requestAnimationFrame(look);
      }),
    short,
  );
}

const pods = `/api/v1/namespaces/${DEMO_NAMESPACE}/pods`;

/** A ready pod of the deployment. */
function podOf({ client }: Cluster): Promise<Pod> {
  return eventually('a ready pod', async () => {
    const { body } = await client.request('GET', `${pods}?labelSelector=app%3D${deployment}`);
    const { items } = JSON.parse(body) as { readonly items: readonly Pod[] };
    return items.find(({ status }) =>
      status.conditions.some(({ type, status: now }) => type === 'Ready' && now === 'True'),
    );
  });
}

/** Says of the pod, as its kubelet would, whether it is ready; gives when that was sent, in ms since the epoch. */
async function setReady({ client }: Cluster, name: string, ready: boolean): Promise<number> {
  const { body } = await client.request('GET', `${pods}/${name}`);
  const { status } = JSON.parse(body) as Pod;
  const conditions = status.conditions.map((condition) =>
    condition.type.endsWith('Ready') ? { ...condition, status: ready ? 'True' : 'False' } : condition,
  );
  const containerStatuses = status.containerStatuses.map((each) => ({ ...each, ready }));
  const sent = Date.now();
  const answer = await client.request('PATCH', `${pods}/${name}/status`, {
    status: { conditions, containerStatuses },
  });
  if (answer.status !== 200) throw new Error(`The pod was not changed: ${answer.body}`);
  return sent;
}

/** Follows the pods with the real kubectl. */
function watchPods({ programs, kubeconfig }: Cluster) {
  const args = ['get', 'pods', '-n', DEMO_NAMESPACE, '--watch-only', '--kubeconfig', kubeconfig];
  const child = spawn(join(programs, 'kubectl'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let waiting: { readonly name: string; readonly tell: (at: number) => void } | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    if (waiting === undefined || !chunk.toString().includes(waiting.name)) return;
    waiting.tell(Date.now());
    waiting = undefined;
  });
  return {
    /** When the next line of the pod comes, in ms since the epoch. */
    next: (name: string) => new Promise<number>((tell) => (waiting = { name, tell })),
    end: () => child.kill(),
  };
}
