import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Workbench } from './pages/workbench.ts';
import type { VsCodeServer } from './server.ts';

export interface WindowOptions {
  /** Names the evidence that is kept when a test fails. */
  readonly name: string;
  /** Files of the workspace besides its settings: path relative to it → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Workspace settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Module with `run()` for the extension host, see `PageAddress`. */
  readonly tests?: string;
  /** In CSS pixels; 1280 × 800 by default. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A window of VS Code with a workspace and a browser profile of its own. */
export interface VsCodeWindow {
  readonly name: string;
  readonly page: Page;
  readonly workbench: Workbench;
  /** Absolute path of the open folder. */
  readonly workspace: string;
  /** Replaces the workspace settings; VS Code takes them up at once. */
  setSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Keeps a screenshot, the browser's console and VS Code's logs in test-results/. */
  keepEvidence(): Promise<void>;
  close(): Promise<void>;
}

const results = join(import.meta.dirname, '..', '..', '..', 'test-results');

/** Opens a window and waits until it can be used. */
export async function openWindow(
  server: VsCodeServer,
  browser: Browser,
  options: WindowOptions,
): Promise<VsCodeWindow> {
  const workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  const setSettings = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    await mkdir(join(workspace, '.vscode'), { recursive: true });
    await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
  };
  await setSettings(options.settings ?? {});
  for (const [path, text] of Object.entries(options.files ?? {}))
    await writeFile(join(workspace, path), text);
  const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
  const page = await context.newPage();
  const messages = recordConsole(page);
  const workbench = new Workbench(page);
  const keepEvidence = async (): Promise<void> => {
    const folder = join(results, options.name.replaceAll(/[^\w-]+/g, '-'));
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, 'screenshot.png') });
    await writeFile(join(folder, 'console.log'), messages.join('\n'));
    await cp(join(server.folder, 'data', 'logs'), join(folder, 'logs'), { recursive: true });
    console.error(`Screenshot and logs are in ${folder}`);
  };
  const window: VsCodeWindow = {
    name: options.name,
    page,
    workbench,
    workspace,
    setSettings,
    keepEvidence,
    close: () => close(context, workspace),
  };
  const address = { workspace, ...(options.tests === undefined ? {} : { tests: options.tests }) };
  try {
    await page.goto(server.url(address));
    await workbench.ready();
  } catch (error) {
    await keepEvidence();
    await window.close();
    throw error;
  }
  return window;
}

function recordConsole(page: Page): readonly string[] {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.stack ?? error.message}`));
  return messages;
}

async function close(context: BrowserContext, workspace: string): Promise<void> {
  await context.close();
  await rm(workspace, { recursive: true, force: true });
}
