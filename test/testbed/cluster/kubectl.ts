import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface Kubectl {
  /** The folder with the program. */
  readonly programs: string;
  readonly kubeconfig: string;
  /** Where it keeps what it learned about the API server; never the person's own ~/.kube. */
  readonly cache: string;
}

/** What a kubectl that has ended wrote, and its exit code; null where a signal ended it. */
export interface KubectlEnd {
  readonly code: number | null;
  readonly output: string;
  readonly problem: string;
}

/** Runs kubectl to its end, whatever that is, telling each part of its output. Rejects where it cannot be started. */
export async function endOfKubectl(
  { programs, kubeconfig, cache }: Kubectl,
  args: readonly string[],
  input = '',
  onOutput: () => void = () => undefined,
): Promise<KubectlEnd> {
  const child = spawn(join(programs, 'kubectl'), args, {
    env: { ...process.env, KUBECONFIG: kubeconfig, KUBECACHEDIR: cache },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end without having read its input: its exit code tells whether that matters.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  child.stdout.on('data', onOutput);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, output, problem] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output, problem };
}

/** Runs kubectl to its end and gives its output. Rejects with what it said when it fails. */
export async function runKubectl(kubectl: Kubectl, args: readonly string[], input?: string): Promise<string> {
  const { code, output, problem } = await endOfKubectl(kubectl, args, input);
  if (code === 0) return output;
  // Some commands, such as `auth can-i` and `diff`, say no on their output.
  const said = problem.trim() === '' ? output.trim() : problem.trim();
  throw new Error(`kubectl ${args.join(' ')} (exit code ${code}): ${said}`);
}
