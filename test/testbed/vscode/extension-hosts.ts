import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The ids of the extension hosts of this test run's VS Code: one for each window. Those of other runs are left out. */
export async function extensionHosts(): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const all = [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/gm)]
    .map(([, pid, parent, state = '', command = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      isEnded: state.startsWith('Z'),
      isHost: command.includes('--type=extensionHost'),
    }))
    .filter(({ isEnded }) => !isEnded);
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(process.pid)
    .filter(({ isHost }) => isHost)
    .map(({ pid }) => pid);
}
