import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cached, cacheFolder } from '../cache.ts';

/** npm's `code-server` of this version carries VS Code's own server 1.139.1; only that server is used. */
const VERSION = '4.139.1';

/**
 * The file of VS Code's server, `server-main.js`; installed from npm when it was not yet (one to four minutes, 620 MB).
 * Rejects with npm's last lines.
 */
export async function installVsCodeServer(onProgress: (line: string) => void = () => {}): Promise<string> {
  const folder = await cached('code-server', VERSION, (unfinished) => install(unfinished, onProgress));
  return join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js');
}

/** Whether that needs no installing any more. */
export function isVsCodeServerInstalled(): boolean {
  return existsSync(join(cacheFolder('code-server'), VERSION));
}

async function install(folder: string, onProgress: (line: string) => void): Promise<void> {
  onProgress(
    `Installing VS Code's server (code-server ${VERSION}): some minutes the first time, kept for later`,
  );
  const about = {
    private: true,
    dependencies: { 'code-server': VERSION },
    allowScripts: { 'code-server': true, argon2: true },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(about));
  const begun = performance.now();
  const ticker = setInterval(() => {
    onProgress(`Installing VS Code's server: ${Math.round((performance.now() - begun) / 1000)} s`);
  }, 15_000);
  try {
    await npmInstall(folder);
  } finally {
    clearInterval(ticker);
  }
  const server = join(folder, 'node_modules/code-server/lib/vscode/node_modules');
  if (!existsSync(server)) throw new Error('npm installed code-server without running its install script.');
}

function npmInstall(folder: string): Promise<void> {
  // Where npm runs these tests it names itself and its Node: the npm below would say the same, and code-server believes it.
  const { npm_config_user_agent: _agent, npm_node_execpath: _node, ...own } = process.env;
  const env = {
    ...own,
    // npm must run on this Node 24: code-server refuses every other, and compiles for the one that runs npm.
    PATH: `${dirname(process.execPath)}:${own['PATH'] ?? ''}`,
    // code-server's own install script runs npm again in folders whose package.json approves no scripts.
    npm_config_dangerously_allow_all_scripts: 'true',
  };
  const child = spawn('npm', ['install', '--no-audit', '--no-fund', '--no-progress'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `npm could not install code-server:\n${output.trimEnd().split('\n').slice(-30).join('\n')}`,
          ),
        );
    });
  });
}
