import type { Page } from 'playwright-core';
import type { LogLevel, LogLine, LogSource } from '../../../src/domain/logs/line.ts';
import { encodeLogLines } from '../../../src/views/log-messages.ts';
import { startBrowser } from '../../e2e/webview-preview/browser.ts';
import type { Preview } from '../../e2e/webview-preview/page.ts';
import { startPreview } from '../../e2e/webview-preview/server.ts';
import { taskTime } from '../../e2e/webview-preview/task-time.ts';
import { row, type Row } from '../row.ts';

declare const preview: Preview;

const lines = 200_000;
const linesPerSecond = 90_000;
const batch = 1_000;
const longFrameMs = 50;

interface Look {
  readonly name: string;
  readonly set: (page: Page) => Promise<void>;
}

const looks: readonly Look[] = [
  { name: 'all', set: async () => undefined },
  { name: 'filter', set: (page) => page.getByLabel('Filter log lines').fill('tracks/1') },
  {
    name: 'regular expression',
    set: (page) => page.getByLabel('Filter log lines').fill('/page=\\d+ 200 in [1-8]\\d* ms/'),
  },
  { name: 'wrap', set: (page) => page.getByRole('button', { name: 'Wrap lines' }).click() },
];

/**
 * The Logs editor in a real browser, with lines that the host's own code has encoded, at 90,000 a second: frames longer than
 * 50 ms, as they come; then with a filter, a regular expression and wrapping on. What a frame takes is the time on the wall,
 * so that a machine with other work makes it worse; the longest task tells the processor's time alone.
 */
export async function logView(log: (line: string) => void): Promise<readonly Row[]> {
  const batches = encodedBatches();
  const server = await startPreview();
  const browser = await startBrowser();
  const rows: Row[] = [];
  try {
    for (const look of looks) {
      const page = await browser.newPage({ viewport: { width: 1320, height: 820 } });
      await page.goto(`${server.origin}/?page=logs&log=none`);
      await page.locator('.log-foot').waitFor();
      await look.set(page);
      await page.evaluate((all) => preview.encoded(all), batches);
      let pace: Awaited<ReturnType<Preview['flow']>> | undefined;
      const { longestCpuMs } = await taskTime(browser, page, async () => {
        pace = await page.evaluate((rate) => preview.flow(rate), linesPerSecond);
      });
      if (pace === undefined) throw new Error('The log view was not measured.');
      const { tookMs, framesOver50, frames, longestFrameMs } = pace;
      log(
        `${look.name}: ${Math.round(tookMs)} ms, ${frames} frames, longest ${Math.round(longestFrameMs)} ms`,
      );
      rows.push(
        row(`log view, ${look.name}: frames over ${longFrameMs} ms`, framesOver50, 'frames', { goal: 0 }),
        row(`log view, ${look.name}: longest task`, longestCpuMs, 'ms', { goal: longFrameMs }),
        row(`log view, ${look.name}: lines taken`, (lines * 1000) / tookMs, 'lines/s', {}),
      );
      await page.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return rows;
}

/** The lines as the host sends them, a batch after the other, as base64. */
function encodedBatches(): readonly string[] {
  const sources = Array.from({ length: 6 }, (_, index): LogSource => ({
    podUid: `uid-${index}`,
    namespace: 'veza-production',
    pod: `veza-backend-api-5d9c-x2k9${index}`,
    container: 'api',
    revision: 8,
    previous: false,
  }));
  const begun = Date.UTC(2026, 4, 9, 3);
  return Array.from({ length: lines / batch }, (_, part) => {
    const made = Array.from({ length: batch }, (_nothing, index): LogLine => {
      const number = part * batch + index;
      const source = sources[number % sources.length];
      if (source === undefined) throw new RangeError('No source');
      const level: LogLevel = number % 97 === 0 ? 'error' : number % 41 === 0 ? 'warn' : 'info';
      const at = `${new Date(begun + Math.floor(number / 90)).toISOString().slice(0, -1)}${String(number % 1_000_000).padStart(6, '0')}Z`;
      const path = `/api/v1/tracks/${number}?page=${number % 50}`;
      const colour = number % 5 === 0 ? '\u001b[32m200\u001b[0m' : '200';
      const more = number % 20 === 0 ? ` trace=${'0123456789abcdef'.repeat(20)}` : '';
      return {
        source,
        at,
        level,
        text: `${level.toUpperCase()} GET ${path} ${colour} in ${number % 900} ms${more}`,
      };
    });
    const bytes = encodeLogLines(made, (source) => sources.indexOf(source));
    return Buffer.from(bytes).toString('base64');
  });
}
