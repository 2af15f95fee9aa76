import { chromium, type Browser } from 'playwright-core';
import { browserFile } from './browser-file.ts';

const flags = [
  '--no-sandbox', // Chromium refuses to run as root with it, as in a container.
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium. It is steered through a pipe, and ends when that pipe closes: never later than we do. */
export function startBrowser(): Promise<Browser> {
  const executablePath = browserFile();
  if (executablePath === undefined)
    throw new Error('There is no Chromium. `npm test` says how to install it.');
  return chromium.launch({ executablePath, args: flags, headless: true });
}
