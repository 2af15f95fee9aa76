import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.ts';
import { startPreview } from './server.ts';

interface Shot {
  readonly name: string;
  readonly query: string;
  readonly width: number;
  readonly height: number;
}

const shot = (name: string, query: string, width = 1320, height = 820): Shot => ({
  name,
  query,
  width,
  height,
});

const SHOTS: readonly Shot[] = [
  ...['dark', 'light', 'hc-dark', 'hc-light'].map((theme) => shot(`rollback-${theme}`, `theme=${theme}`)),
  ...['before', 'done', 'stale', 'long', 'forty'].map((sample) => shot(sample, `sample=${sample}`)),
  ...['dark', 'light', 'hc-dark', 'hc-light'].map((theme) =>
    shot(`troubled-${theme}`, `sample=troubled&theme=${theme}`, 1320, 1240),
  ),
  ...['dark', 'light'].map((theme) => shot(`ready-${theme}`, `sample=ready&theme=${theme}`, 1320, 1000)),
  ...['dark', 'hc-light'].map((theme) =>
    shot(`unfolded-${theme}`, `sample=troubled&unfolded&theme=${theme}`, 1320, 2400),
  ),
  shot('unfolded-narrow', 'sample=troubled&unfolded', 320, 2600),
  shot('signed-off', 'sample=signedOff'),
  shot('troubled-narrow', 'sample=troubled', 360, 1400),
  shot('troubled-zoomed', 'sample=troubled', 660, 900),
  shot('before-light', 'sample=before&theme=light'),
  shot('log-empty', 'log=empty'),
  shot('log-waiting', 'log=waiting'),
  shot('log-stale', 'log=stale&sample=stale'),
  shot('waiting', 'sample=none&log=none'),
  shot('narrow-800', '', 800, 900),
  shot('narrow-480', '', 480, 860),
  shot('narrow-360', 'sample=long', 360, 740),
  shot('narrow-logs', 'tab=logs', 480, 860),
  ...['dark', 'light', 'hc-dark', 'hc-light'].map((theme) =>
    shot(`logs-${theme}`, `page=logs&theme=${theme}`, 1320, 620),
  ),
  ...['dark', 'hc-light'].map((theme) => shot(`logs-split-${theme}`, `page=logs&split&theme=${theme}`)),
  shot('logs-split-narrow', 'page=logs&split', 480, 860),
  shot('logs-narrow', 'page=logs', 360, 640),
  shot('logs-zoomed', 'page=logs', 660, 410),
  shot('low', '', 1320, 420),
  shot('zoomed', '', 660, 410),
];

/** Opens every row that is folded. */
function unfoldAll(): void {
  for (const row of document.querySelectorAll('[data-row][aria-expanded=false]'))
    if (row instanceof HTMLElement) row.click();
}

/** `node test/e2e/webview-preview/shots.ts FOLDER [NAME…]` draws the samples into PNG files, to be looked at. */
const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say into which folder the pictures go.');
await mkdir(folder, { recursive: true });
const server = await startPreview();
const browser = await startBrowser();
try {
  for (const { name, query, width, height } of SHOTS) {
    if (names.length > 0 && !names.includes(name)) continue;
    const page = await browser.newPage({ viewport: { width, height } });
    page.on('console', (message) => console.log(`${name}: ${message.text()}`));
    page.on('pageerror', (error) => console.log(`${name}: ${error.stack ?? error.message}`));
    await page.goto(`${server.origin}/?${query}`, { waitUntil: 'networkidle' });
    if (query.includes('unfolded')) await page.evaluate(unfoldAll);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
