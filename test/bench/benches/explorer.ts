import { bundleExtension, repository } from '../../../scripts/bundle/bundle-extension.ts';
import { startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { startBrowser } from '../../testbed/vscode/browser.ts';
import { startVsCode, type VsCodeServer } from '../../testbed/vscode/server.ts';
import { openWindow, type VsCodeWindow } from '../../testbed/vscode/window.ts';
import { median, row, type Row } from '../row.ts';

const runs = 3;
const few = 3;
const many = 5000;
const changesPerSecond = 1000;
const watchedMs = 10_000;
/** What a person takes for "at once". */
const atOnceMs = 100;

/**
 * The tree in real VS Code on generated clusters: from asking for the page to its first namespaces, of 5,000 deployments
 * against 3, and until all of them are known; and how long the page is busy in one piece, and how long a key takes to move the
 * tree's focus, while 1,000 objects change each second.
 */
export async function explorer(log: (line: string) => void): Promise<readonly Row[]> {
  await bundleExtension({ production: true });
  const browser = await startBrowser();
  const opened: { [deployments: number]: number } = {};
  let wholeMs = Number.NaN;
  let busy: { readonly longestTaskMs: number; readonly keyMs: number } | undefined;
  try {
    for (const deployments of [few, many]) {
      const cluster = await startGeneratedCluster({ deployments });
      let server: VsCodeServer | undefined;
      try {
        server = await startVsCode({
          extensions: [repository],
          userSettings: { 'kubernetesRollback.kubeconfig': cluster.kubeconfig },
        });
        const window = await openWindow(server, browser, { name: `bench-explorer-${deployments}` });
        await window.workbench.openRollback();
        await isWhole(window);
        const times: number[] = [];
        const whole: number[] = [];
        for (let run = 0; run < runs; run += 1) {
          const begun = performance.now();
          await window.page.reload({ waitUntil: 'commit' });
          await isOpen(window);
          times.push(performance.now() - begun);
          await isWhole(window);
          whole.push(performance.now() - begun);
        }
        opened[deployments] = median(times);
        wholeMs = median(whole);
        log(`${deployments} deployments: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
        if (deployments === many) {
          cluster.changesPerSecond(changesPerSecond);
          busy = await responsiveness(window);
          log(`longest task ${busy.longestTaskMs} ms, slowest key ${Math.round(busy.keyMs)} ms`);
        }
        await window.close();
      } finally {
        await server?.stop();
        await cluster.stop();
      }
    }
  } finally {
    await browser.close();
  }
  const against = { name: 'of three', value: opened[few] ?? Number.NaN };
  return [
    row('tree of 5,000 deployments opens', opened[many] ?? Number.NaN, 'ms', {
      against,
      goal: 2 * against.value,
    }),
    row('tree of 5,000 deployments is whole', wholeMs, 'ms', {}),
    row('longest page task at 1,000 changes/s', busy?.longestTaskMs ?? Number.NaN, 'ms', { goal: atOnceMs }),
    row('slowest key in the tree at 1,000 changes/s', busy?.keyMs ?? Number.NaN, 'ms', { goal: atOnceMs }),
  ];
}

/** Waits for a namespace's row: notices cannot be unfolded. */
async function isOpen({ page }: VsCodeWindow): Promise<void> {
  await page
    .locator('.monaco-list-row[role=treeitem][aria-level="2"][aria-expanded]')
    .first()
    .waitFor({ timeout: 60_000 });
}

/** Waits for a deployment's row, and until nothing is loading any more. */
async function isWhole({ page }: VsCodeWindow): Promise<void> {
  await page.locator('.monaco-list-row[role=treeitem][aria-level="3"]').first().waitFor({ timeout: 60_000 });
  await page.locator('.monaco-list-row .codicon-loading').waitFor({ state: 'detached', timeout: 60_000 });
}

/** The longest piece of work of the page, and the slowest arrow key from its press to the moved focus, in ms. */
async function responsiveness({ page }: VsCodeWindow): Promise<{ longestTaskMs: number; keyMs: number }> {
  await page.locator('.monaco-list').first().focus();
  await page.keyboard.press('Home');
  await page.locator('.monaco-list-row.focused').first().waitFor();
  const longest = page.evaluate(
    (ms) =>
      new Promise<number>((resolve) => {
        let worst = 0;
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) worst = Math.max(worst, duration);
        }).observe({ type: 'longtask' });
        setTimeout(() => resolve(worst), ms);
      }),
    watchedMs,
  );
  let keyMs = 0;
  const focused = () => page.locator('.monaco-list-row.focused').first().getAttribute('data-index');
  const until = performance.now() + watchedMs;
  for (let down = true; performance.now() < until; down = !down) {
    const before = await focused();
    const begun = performance.now();
    await page.keyboard.press(down ? 'ArrowDown' : 'ArrowUp');
    await page.locator(`.monaco-list-row.focused:not([data-index="${before}"])`).first().waitFor();
    keyMs = Math.max(keyMs, performance.now() - begun);
  }
  return { longestTaskMs: await longest, keyMs };
}
