import { spawn } from 'node:child_process';
import { findProgram } from '../set-up/requirements.ts';

/** Opens an address in the person's browser; says so where there is none to open. Never rejects. */
export async function openInBrowser(address: string, log: (line: string) => void): Promise<void> {
  const opener = openerOf(process.platform, process.env);
  if (opener === undefined) {
    log('There is no display to open a browser on: open the address above yourself.');
    return;
  }
  const [command, ...args] = opener;
  const failed = await new Promise<string | undefined>((resolve) => {
    const child = spawn(command, [...args, address], { stdio: 'ignore' });
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? undefined : `${command} ended with code ${code}`));
  });
  if (failed !== undefined) log(`No browser could be opened (${failed}): open the address above yourself.`);
}

function openerOf(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  const display = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'];
  return display === undefined || findProgram('xdg-open') === undefined ? undefined : ['xdg-open'];
}
