import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../cluster/ports.ts';
import { installVsCodeServer } from './code-server.ts';
import { startGuarded, type GuardedProcess } from './guarded-process.ts';
import { installFromFolder, installPackage } from './install-extension.ts';
import { quietSettings } from './settings.ts';

export interface VsCodeOptions {
  /** Folders of extensions to install, built already. This is how a person has them. */
  readonly extensions?: readonly string[];
  /** Files of packaged extensions (.vsix) to install with VS Code's own installer. */
  readonly packages?: readonly string[];
  /**
   * Folder of an extension to load in development mode, which running tests in the extension host needs. VS Code
   * then shows no notification toasts, and with tests no modal dialogs.
   */
  readonly development?: string;
  /** User settings over the quiet ones of the test bed. */
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ask for workspace trust, as VS Code does by itself. False by default: every folder is trusted. */
  readonly workspaceTrust?: boolean;
}

export interface PageAddress {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of a module with `run()` for the extension host of an extension in development. */
  readonly tests?: string;
}

/** VS Code's own server with extensions; each page that opens an address of it has an extension host of its own. */
export interface VsCodeServer {
  readonly port: number;
  /** Holds the server's log, settings and state; removed in the end. */
  readonly folder: string;
  url(address: PageAddress): string;
  /** Replaces the user settings; windows take them up when they are opened or reloaded. */
  setUserSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Settles only when the server ended without being asked to, with its last lines. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/** Starts VS Code's server on loopback, in a folder of its own. Rejects with its last lines when it does not come up. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCodeServer> {
  const program = await installVsCodeServer();
  const folder = await mkdtemp(join(tmpdir(), 'vscode-server-'));
  const extensions = join(folder, 'extensions');
  await mkdir(extensions, { recursive: true });
  for (const extension of options.extensions ?? []) await installFromFolder(extension, extensions);
  for (const file of options.packages ?? []) await installPackage(program, file, folder);
  const setUserSettings = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    // A remote window takes settings of scope `machine` from the remote machine's file alone.
    for (const kind of ['User', 'Machine']) {
      await mkdir(join(folder, 'data', kind), { recursive: true });
      const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
      await writeFile(join(folder, 'data', kind, 'settings.json'), text);
    }
  };
  await setUserSettings(options.userSettings ?? {});
  const [port = 0] = await freePorts(1);
  const process = startGuarded({
    command: globalThis.process.execPath,
    args: [program, ...serverArguments(port, folder, options)],
    env: { ...globalThis.process.env, ...options.env },
    folder,
  });
  let asked = false;
  await answers(port, process);
  return {
    port,
    folder,
    setUserSettings,
    url: (address) => pageUrl(port, options.development, address),
    died: new Promise((resolve) => {
      void process.ended.then(({ lastLines }) => {
        if (!asked) resolve(`VS Code's server ended:\n${lastLines}`);
      });
    }),
    async stop() {
      asked = true;
      await process.stop();
    },
  };
}

function serverArguments(port: number, folder: string, options: VsCodeOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--server-data-dir', folder, '--extensions-dir', join(folder, 'extensions')],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    // By default a closed page leaves its extension host behind for hours.
    ...['--reconnection-grace-time', '2'],
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    // Without it the page's payload is ignored silently.
    ...(options.development === undefined ? [] : ['--enable-smoke-test-driver']),
  ];
}

async function answers(port: number, process: GuardedProcess): Promise<void> {
  const late = AbortSignal.timeout(60_000);
  let gone: string | undefined;
  void process.ended.then(({ lastLines }) => (gone = lastLines));
  for (;;) {
    if (gone !== undefined) throw new Error(`VS Code's server did not start:\n${gone}`);
    late.throwIfAborted();
    const ok = await fetch(`http://127.0.0.1:${port}/version`, { signal: late }).then(
      (answer) => answer.ok,
      () => false, // Nobody listens yet.
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function pageUrl(port: number, development: string | undefined, address: PageAddress): string {
  const query = new URLSearchParams({ folder: address.workspace });
  if (development !== undefined) {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
    const payload = [['extensionDevelopmentPath', remote(development)]];
    if (address.tests !== undefined) payload.push(['extensionTestsPath', remote(address.tests)]);
    query.set('payload', JSON.stringify(payload));
  }
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}
