import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from '../../scripts/bundle/bundle-extension.ts';

/**
 * Keeps what the window shows now: beside the other test results, or, with PICTURES=docs, as a picture of the README,
 * compressed to under 200 KB.
 */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const forReadme = process.env['PICTURES'] === 'docs';
  const folder = join(repository, ...(forReadme ? ['docs', 'images'] : ['test-results', 'pictures']));
  await mkdir(folder, { recursive: true });
  const animations = 'disabled'; // What fades in is there.
  if (forReadme)
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 72, animations });
  else await page.screenshot({ path: join(folder, `${name}.png`), animations });
}
