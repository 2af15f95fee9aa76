import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { WebviewMessage } from '../../src/shared/messages.ts';
import type { Preview } from './webview-preview/page.ts';
import { PREVIEW_THEMES, PreviewBed } from './webview-preview/preview-bed.ts';
import { taskTime } from './webview-preview/task-time.ts';

declare const preview: Preview;

describe('the log view', function () {
  this.timeout(60_000);
  const bed = new PreviewBed();
  const open = (query: string, size?: { width: number; height: number }): Promise<Page> => {
    const opened = bed.open(query, size);
    return opened.then((it) => (page = it));
  };
  const posted = (): Promise<WebviewMessage[]> => bed.posted();
  let page: Page;

  for (const theme of PREVIEW_THEMES)
    for (const query of ['page=logs', 'page=logs&split'])
      it(`has no accessibility violation in ${theme} as a Logs editor, ${query}`, async () => {
        await open(`theme=${theme}&${query}`);
        await page.getByRole('button', { name: 'Search' }).first().click();
        await page.getByLabel('Search log lines').fill('start');
        await page.getByRole('button', { name: 'Use a regular expression' }).first().click();
        await page.getByLabel('Filter log lines').first().fill('(');
        await page.locator('.pattern-invalid').first().waitFor();
        assert.deepEqual(await bed.accessibilityFaults(), []);
      });

  it('places a mark in time order', async () => {
    await open('');
    await page.locator('.log-row', { hasText: 'rolled back to revision 7' }).waitFor();
    const texts = await page.locator('.log-row').allTextContents();
    assert.ok(texts[2]?.includes('exiting with 1'));
    assert.ok(texts[3]?.includes('rolled back to revision 7'));
  });

  it('puts a late line in its place', async () => {
    await open('');
    await page.evaluate(() =>
      preview.send(preview.linesMessage([[0, '2026-05-09T03:00:24.2Z', null, 'late']])),
    );
    await page.locator('.log-row >> text=late').waitFor();
    const texts = await page.locator('.log-row').allTextContents();
    assert.ok(texts[1]?.endsWith('late'));
  });

  it('filters by text, keeps the filter over a reload, and clears it with Escape', async () => {
    await open('');
    await page.keyboard.press('/');
    await page.keyboard.type('LISTENING');
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 15);
  });

  it('shows errors alone when asked', async () => {
    await open('');
    await page.getByRole('button', { name: 'Errors 2' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.log-row:not(.log-mark)').length === 2);
  });

  it('stops following when one scrolls up, counts what comes, and returns with End', async () => {
    await open('log=none');
    await page.evaluate(() => {
      preview.prepare(1000);
      return preview.flood();
    });
    await page.locator('.log-scroll').hover();
    await page.mouse.wheel(0, -2000);
    await page.locator('.log-return').waitFor();
    const top = await page.locator('.log-scroll').evaluate((scroll) => scroll.scrollTop);
    await page.evaluate(() => preview.send(preview.linesMessage(preview.manyLines(1000, 3))));
    await page.getByRole('button', { name: '3 new lines' }).waitFor();
    assert.equal(await page.locator('.log-scroll').evaluate((scroll) => scroll.scrollTop), top);
    await page.keyboard.press('End');
    await page.locator('.log-return').waitFor({ state: 'detached' });
    await page.locator('.log-row', { hasText: 'tracks/1002' }).waitFor();
  });

  const shownLines = (count: number) =>
    page.waitForFunction(
      (wanted) => document.querySelectorAll('.log-row:not(.log-mark)').length === wanted,
      count,
    );

  it('filters by a regular expression between slashes or by its toggle, and says why one is none', async () => {
    await open('');
    await page.keyboard.press('/');
    await page.keyboard.type('/tracks .*9\\dms|listening on/');
    await shownLines(3);
    assert.equal(
      await page.getByRole('button', { name: 'Use a regular expression' }).getAttribute('aria-pressed'),
      'true',
    );
    await page.getByLabel('Filter log lines').fill('listening (on');
    await shownLines(0);
    await page.getByRole('button', { name: 'Use a regular expression' }).click();
    await page.getByText('Not a regular expression: missing closing )').waitFor();
    assert.equal(await page.getByLabel('Filter log lines').getAttribute('aria-invalid'), 'true');
    await page.getByLabel('Filter log lines').fill('listening (on|off)');
    await shownLines(2);
    assert.equal(await page.locator('.pattern-invalid').count(), 0);
  });

  it('searches without hiding, goes from match to match around the ends, and ends with Escape', async () => {
    await open('');
    await page.keyboard.press('Control+f');
    await page.keyboard.insertText('STARTING');
    // At once, before any line can have been searched.
    await page.keyboard.press('Enter');
    const counted = (words: string) =>
      page.locator('.log-search-count', { hasText: new RegExp(`^${words}$`) }).waitFor();
    await shownLines(15);
    await counted('1 of 3');
    await page.keyboard.press('Shift+Enter');
    await counted('3 of 3');
    await page.keyboard.press('Enter');
    await counted('1 of 3');
    await page.getByText('Match 1 of 3', { exact: true }).waitFor({ state: 'attached' });
    assert.equal(await page.evaluate(() => CSS.highlights.get('kr-search')?.size), 2);
    assert.equal(await page.evaluate(() => CSS.highlights.get('kr-current')?.size), 1);
    await page.evaluate(() =>
      preview.send(preview.linesMessage([[0, '2026-05-09T03:00:40Z', null, 'starting again']])),
    );
    await counted('1 of 4');
    await page.keyboard.press('Escape');
    await page.locator('.log-search').waitFor({ state: 'detached' });
    await page.locator('.log-scroll:focus').waitFor();
    assert.equal(await page.evaluate(() => CSS.highlights.get('kr-search')?.size), 0);
  });

  it('wraps long lines, keeps its place, and remembers it with the time stamps', async () => {
    await open('log=none&page=logs', { width: 700, height: 500 });
    await page.evaluate(() => {
      preview.send(
        preview.linesMessage(
          Array.from({ length: 600 }, (_, index) => [
            0,
            new Date(1_778_295_600_000 + index * 1000).toISOString(),
            null,
            `line ${index} ${'wörter und 日本語 '.repeat(index % 40)}end`,
          ]),
        ),
      );
    });
    await page.locator('.log-row', { hasText: 'line 599' }).waitFor();
    const scroll = page.locator('.log-scroll');
    const wide = () => scroll.evaluate((element) => element.scrollWidth > element.clientWidth);
    assert.equal(await wide(), true);
    await page.getByRole('button', { name: 'Wrap lines' }).click();
    await page.locator('.log-wrap').waitFor();
    assert.equal(await wide(), false);
    await scroll.hover();
    await page.mouse.wheel(0, -3000);
    await page.locator('.log-return').waitFor();
    const top = () =>
      page.locator('.log-row').evaluateAll((rows) => {
        const from = document.querySelector('.log-scroll')?.getBoundingClientRect().top ?? 0;
        const first = rows.find((row) => row.getBoundingClientRect().bottom > from + 1);
        return `${first?.querySelector('.log-text')?.textContent} ${first?.getBoundingClientRect().top}`;
      });
    const overlaps = () =>
      page
        .locator('.log-row')
        .evaluateAll((rows) =>
          rows.some(
            (row, index) =>
              index > 0 &&
              row.getBoundingClientRect().top < (rows[index - 1]?.getBoundingClientRect().bottom ?? 0) - 0.5,
          ),
        );
    assert.equal(await overlaps(), false);
    const before = await top();
    await page.evaluate(() =>
      preview.send(preview.linesMessage([[0, '2026-05-09T03:30:00Z', null, 'later']])),
    );
    await page.getByRole('button', { name: '1 new line' }).waitFor();
    assert.equal(await top(), before);
    await page.getByRole('button', { name: 'Time stamps' }).click();
    assert.equal(await page.locator('.log-time').first().isVisible(), false);
    await page.reload();
    await page.locator('.log-wrap.log-no-stamps').waitFor();
  });

  it('copies what is selected over more lines than are drawn, with or without times', async () => {
    await open('log=none');
    await page.evaluate(() => {
      preview.prepare(1000);
      return preview.flood();
    });
    await page.locator('.log-scroll').focus();
    await page.keyboard.press('Control+a');
    const copied = () =>
      page.evaluate(() => {
        const data = new DataTransfer();
        document
          .querySelector('.log-scroll')
          ?.dispatchEvent(
            new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        return data.getData('text/plain').split('\n');
      });
    assert.equal((await copied()).length, 1000);
    assert.match(
      (await copied())[0] ?? '',
      /^2026-05-09T03:01:40\.000Z\t8·x2k9q\tERROR GET \/api\/v1\/tracks\/0\?/,
    );
    await page.keyboard.press('Escape');
    assert.deepEqual(await copied(), ['']);
    await page.evaluate(() => {
      const text = (words: string): Element | undefined =>
        [...document.querySelectorAll('.log-text')].find((one) => one.textContent.includes(words));
      const [from, to] = [text('tracks/995'), text('tracks/999')];
      if (from !== undefined && to !== undefined) getSelection()?.setBaseAndExtent(from, 0, to, 1);
    });
    await page.locator('.log-scroll').evaluate((scroll) => (scroll.scrollTop = 0));
    await page.locator('.log-row', { hasText: 'tracks/0?' }).waitFor();
    await page.getByRole('button', { name: 'Time stamps' }).click();
    const lines = await copied();
    assert.equal(lines.length, 5);
    assert.match(lines[0] ?? '', /^\S+\tINFO GET \/api\/v1\/tracks\/995/);
  });

  it('hands over its lines to be saved, and goes to the time that it is told', async () => {
    await open('log=none');
    await page.evaluate(() => {
      preview.prepare(20_000);
      return preview.flood();
    });
    await page.getByRole('button', { name: 'Save lines' }).click();
    await page.waitForFunction(() => preview.posted.some(({ type }) => type === 'logs.save'));
    await page.evaluate(() => preview.send({ type: 'logs.gather', what: 'all' }));
    await page.waitForFunction(() =>
      preview.posted.some((message) => message.type === 'logs.text' && message.last),
    );
    const pieces = (await posted()).flatMap((message) =>
      message.type === 'logs.text' ? [message.text] : [],
    );
    assert.ok(pieces.length > 2);
    assert.equal(pieces.join('').split('\n').length, 20_001);
    await page.evaluate(() => preview.send({ type: 'logs.goTo', at: '2026-05-09T03:01:45Z' }));
    await page.locator('.log-row', { hasText: 'tracks/5000?' }).waitFor();
    await page.locator('.log-return').waitFor();
  });

  it('shows two revisions side by side, each with its own lines and filter', async () => {
    await open('page=logs&split');
    const before = page.getByRole('region', { name: 'Before: revision 8' });
    const after = page.getByRole('region', { name: 'After: revision 7 (now 9)' });
    await before.locator('.log-captured').first().waitFor();
    await after.getByLabel('Filter log lines').fill('listening');
    await after.locator('.log-held', { hasText: '2 shown' }).waitFor();
    assert.equal(await before.locator('.log-row:not(.log-mark)').count(), 3);
    const credits = (await posted()).filter(
      (message) => message.type === 'logs.credit' && message.area === 1,
    );
    assert.ok(credits.length > 0);
  });

  it('takes 220,000 lines, keeps 200,000, and filters them without a long frame', async () => {
    await open('log=none');
    await page.evaluate(() => preview.prepare(220_000));
    let tookMs = 0;
    const lines = await taskTime(bed.browser, page, async () => {
      tookMs = await page.evaluate(() => preview.flood());
    });
    await page.getByText('220,000 lines, the last 200,000 kept').waitFor();
    const filter = await taskTime(bed.browser, page, async () => {
      await page.getByLabel('Filter log lines').pressSequentially('request 99');
      // Every line holds `request`, so that only the whole text leaves fewer than all of them.
      await page.waitForFunction(() => {
        const shown = / (\d[\d,]*) shown/.exec(document.querySelector('.log-held')?.textContent ?? '')?.[1];
        return shown !== undefined && shown !== '0' && shown !== '200,000';
      });
    });
    console.log(
      `      lines: ${tookMs.toFixed()} ms, ${JSON.stringify(lines)}; filter: ${JSON.stringify(filter)}`,
    );
    assert.ok(lines.longestCpuMs < 50, `taking lines, a task took ${lines.longestCpuMs} ms`);
    assert.ok(filter.longestCpuMs < 50, `filtering, a task took ${filter.longestCpuMs} ms`);
  });
});
