import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { WebviewMessage } from '../../src/shared/messages.ts';
import type { Preview } from './webview-preview/page.ts';
import { PREVIEW_THEMES, PreviewBed } from './webview-preview/preview-bed.ts';

declare const preview: Preview;

describe('the runbook panel', function () {
  this.timeout(60_000);
  const bed = new PreviewBed();
  const open = (query: string, size?: { width: number; height: number }): Promise<Page> => {
    const opened = bed.open(query, size);
    return opened.then((it) => (page = it));
  };
  const posted = (): Promise<WebviewMessage[]> => bed.posted();
  let page: Page;
  const acts = async (): Promise<string[]> =>
    (await posted()).flatMap((message) => (message.type === 'act' ? [message.action] : []));

  const unfoldAll = (): Promise<void> =>
    page
      .locator('[data-row][aria-expanded=false]')
      .evaluateAll((rows) => rows.forEach((row) => row instanceof HTMLElement && row.click()));

  for (const theme of PREVIEW_THEMES) {
    for (const sample of ['rollback', 'before', 'done', 'stale', 'forty', 'troubled', 'ready', 'signedOff']) {
      it(`has no accessibility violation in ${theme}, sample ${sample}`, async () => {
        await open(`theme=${theme}&sample=${sample}`);
        await unfoldAll();
        assert.deepEqual(await bed.accessibilityFaults(), []);
      });
    }
  }

  for (const [width, height] of [
    [1320, 820],
    [800, 900],
    [660, 410],
    [480, 860],
    [320, 640],
  ] as const) {
    it(`is not wider than its panel at ${width} × ${height}, with names of 60 characters`, async () => {
      await open('sample=long&log=none', { width, height });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(wide, 0);
      const cut = await page
        .locator('.header button, .phase')
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.getBoundingClientRect().right > innerWidth)
            .map((element) => element.textContent),
        );
      assert.deepEqual(cut, []);
    });
  }

  for (const [width, height] of [
    [1320, 820],
    [660, 410],
    [320, 640],
  ] as const) {
    it(`cuts nothing of tables, output, advice and tasks off at ${width} × ${height}`, async () => {
      await open('sample=troubled&log=none', { width, height });
      await unfoldAll();
      const wide = await page.locator('.panel-steps *, .reminder *').evaluateAll((elements) =>
        elements
          .filter((element) => !element.matches('.spoken, .spoken *, .row-aside, .command *, thead, thead *'))
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
          .map(({ className, textContent }) => `${className}: ${textContent.trim().slice(0, 60)}`),
      );
      assert.deepEqual(wide, []);
    });
  }

  it('lets the keyboard scroll the output, and asks the host to copy it', async () => {
    await open('sample=troubled');
    const output = page.getByRole('region', { name: 'Output of Smoke tests' });
    await output.focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => (document.querySelector('.output pre')?.scrollTop ?? 0) > 0);
    await page.locator('.output').getByRole('button', { name: 'Copy' }).click();
    await page.locator('.output').getByRole('button', { name: 'Copied' }).waitFor();
    assert.deepEqual((await posted()).at(-1), { type: 'act', action: 'copyOutput', target: 'smoke' });
  });

  it('keeps what speaks against a step in view where its evidence folds, and shows all of it when asked', async () => {
    await open('sample=troubled');
    const lines = page.locator('#step-smoke .evidence li');
    assert.equal(await lines.count(), 1);
    await page.getByRole('button', { name: 'Show all 12 lines' }).click();
    assert.equal(await lines.count(), 12);
  });

  it('opens the log of a pod at the time of evidence, by mouse and by keyboard', async () => {
    await open('');
    await unfoldAll();
    const button = page.getByRole('button', { name: /^Open logs at this time: api-x2k9q, \d\d:\d\d:\d\d$/ });
    await button.click();
    await button.press('Enter');
    const said = (await posted()).flatMap((message) => (message.type === 'act' ? [message] : []));
    const opened = { type: 'act', action: 'openLogsAtTime', target: '2026-05-09T03:00:50.000Z api-x2k9q' };
    assert.deepEqual(said, [opened, opened]);
  });

  it('follows advice, and says of a task what a person presses', async () => {
    await open('sample=troubled');
    await page.getByRole('button', { name: 'Roll back to 6…' }).click();
    await page.getByRole('button', { name: 'They are held' }).click();
    const said = (await posted()).flatMap((message) => (message.type === 'act' ? [message] : []));
    assert.deepEqual(said, [
      { type: 'act', action: 'rollBackToRevision', target: '6' },
      { type: 'act', action: 'updateTask', target: 'holdDeployments:done' },
    ]);
  });

  it('signs off by its key where everything holds, and shows an override as no tick', async () => {
    await open('sample=ready');
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await acts(), ['signOff']);
    assert.match(
      (await page.locator('.checklist-title').first().textContent()) ?? '',
      /8 of 9 · 1 overridden/,
    );
    assert.equal(await page.locator('.item-overridden .codicon-check').count(), 0);
  });

  it('tells a screen reader each step, item and task whose state changed, not only the open one', async () => {
    await open('log=none&sample=done');
    await page.evaluate(() => preview.show('troubled'));
    const said = page.locator('kr-spoken p');
    await page.getByText('Pods are running and ready: no longer holds since 05:04 · 2 of 3').last().waitFor();
    const words = await said.allTextContents();
    assert.equal(words[0], 'Rolling back to revision 7: 2 of 3 pods ready');
    assert.ok(words.includes('Monitoring alerts cleared: overridden, jane answers for it'), words.join('\n'));
  });

  it('says that it is ready, then gives credit for 5,000 lines, then for those it has drawn', async () => {
    await open('');
    await page.waitForFunction(() => preview.posted.filter(({ type }) => type === 'logs.credit').length > 1);
    assert.deepEqual((await posted()).slice(0, 3), [
      { type: 'ready' },
      { type: 'logs.credit', lines: 5000 },
      { type: 'logs.credit', lines: 15 },
    ]);
  });

  it('asks for the primary action by its button and, once per press, by its key', async () => {
    await open('');
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.keyboard.press('Control+Enter');
    assert.deepEqual(await acts(), ['verify', 'verify']);
  });

  it('keeps what a person has folded over new models and a reload', async () => {
    await open('');
    const current = page.getByRole('button', { name: 'Roll back to revision 7' });
    await current.click();
    await page.evaluate(() => preview.show('forty'));
    assert.equal(await current.getAttribute('aria-expanded'), 'false');
    await page.reload();
    await current.waitFor();
    assert.equal(await current.getAttribute('aria-expanded'), 'false');
  });

  it('moves among the steps with the arrow keys and unfolds with Right', async () => {
    await open('');
    await page.getByRole('button', { name: 'Cluster and permissions' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const focused = page.locator(':focus');
    assert.match((await focused.textContent()) ?? '', /Evidence captured/);
    assert.equal(await focused.getAttribute('aria-expanded'), 'true');
  });

  it('does nothing while it is hidden, and catches up when shown', async () => {
    await open('log=none&sample=rollback');
    const setHidden = (hidden: boolean): Promise<void> =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await setHidden(true);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          addEventListener('message', () => resolve(), { once: true });
          preview.show('done');
        }),
    );
    assert.equal(await page.locator('.header-verb').textContent(), 'Rolling back');
    await setHidden(false);
    await page.getByText('Rolled back', { exact: true }).waitFor();
  });
});
