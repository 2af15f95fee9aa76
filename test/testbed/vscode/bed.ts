import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../demo/start.ts';
import { startBrowser } from './browser.ts';
import { startVsCode, type VsCodeOptions, type VsCodeServer } from './server.ts';
import { openWindow, type VsCodeWindow, type WindowOptions } from './window.ts';

/** One demo cluster, one VS Code server and one browser for all tests of a run. */
export interface Bed {
  readonly demo: Demo;
  readonly server: VsCodeServer;
  readonly browser: Browser;
  /** Windows that are open now. */
  readonly windows: ReadonlySet<VsCodeWindow>;
  /** Opens a window on a new workspace. The bed closes those that a test left open. */
  openWindow(options: WindowOptions): Promise<VsCodeWindow>;
  close(): Promise<void>;
}

/** Starts all three; the demo's settings are the user settings. Rejects with nothing left running. */
export async function openBed(options: VsCodeOptions): Promise<Bed> {
  const endings: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const demo = await startDemo();
    endings.push(() => demo.stop());
    const server = await startVsCode({
      ...options,
      userSettings: { ...demo.settings, ...options.userSettings },
    });
    endings.push(() => server.stop());
    const browser = await startBrowser();
    endings.push(() => browser.close());
    const windows = new Set<VsCodeWindow>();
    endings.push(async () => {
      for (const window of windows) await window.close();
    });
    return {
      demo,
      server,
      browser,
      windows,
      async openWindow(wanted) {
        const window = await openWindow(server, browser, wanted);
        const kept: VsCodeWindow = {
          ...window,
          async close() {
            windows.delete(kept);
            await window.close();
          },
        };
        windows.add(kept);
        return kept;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
