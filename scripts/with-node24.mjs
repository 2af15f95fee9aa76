/**
 * Runs a script of this project with the Node of its own dependencies, whatever Node is installed (18 or newer will do),
 * after making node_modules what package-lock.json says.
 * Usage: node scripts/with-node24.mjs SCRIPT [ARGUMENT …]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(repository, 'node_modules');
const windows = process.platform === 'win32';
const node = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

await install();
const [script = '', ...args] = process.argv.slice(2);
process.exitCode = await run(node, [join(repository, script), ...args], {
  ...process.env,
  // So that whatever is started by name is also of this Node and of these versions.
  PATH: [dirname(node), join(modules, '.bin'), process.env['PATH']].join(delimiter),
});

async function install() {
  if (isInstalled()) return;
  console.log('Installing the dependencies that package-lock.json names (npm ci) …');
  // Warnings about the Node that runs npm are of no concern: it only installs.
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], process.env);
  if (code !== 0) {
    console.error('npm ci failed: see above. Nothing was started.');
    process.exit(code);
  }
}

/** Whether npm's own record of what it installed agrees with package-lock.json, packages for other systems aside. */
function isInstalled() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(node) || !existsSync(record)) return false;
  const found = packagesIn(record);
  return Object.entries(packagesIn(join(repository, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || found[path]?.version === version,
  );
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Resolves with the exit code, 128 + number for a signal as shells do; signals that we get are passed on. */
function run(command, args, env) {
  const child = spawn(command, args, {
    cwd: repository,
    env,
    stdio: 'inherit',
    shell: windows && command === 'npm',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal's Ctrl-C has reached the child already: a second one would mean "at once" to it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
