import { spawn } from 'node:child_process';

/** Installs Debian packages as root without questions. Rejects with the last lines of apt-get. */
export async function aptInstall(names: readonly string[], log: (line: string) => void): Promise<void> {
  log(`Installing Debian packages: ${names.join(', ')}`);
  await aptGet(['update']);
  await aptGet(['install', '--yes', '--no-install-recommends', ...names]);
}

function aptGet(args: readonly string[]): Promise<void> {
  const child = spawn('apt-get', ['--quiet', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (data: Buffer): void => {
    output = `${output}${data.toString()}`.slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`apt-get ${args.join(' ')} failed:\n${output}`));
    });
  });
}
