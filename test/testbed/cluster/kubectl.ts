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

/** Runs kubectl to its end and gives its output. Rejects with what it said when it fails. */
export async function runKubectl(
  kubectl: Kubectl,
  args: readonly string[],
  input: string | undefined,
): Promise<string> {
  const child = spawn(join(kubectl.programs, 'kubectl'), args, {
    env: { ...process.env, KUBECONFIG: kubectl.kubeconfig, KUBECACHEDIR: kubectl.cache },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // It may end without having read its input: its exit code tells whether that matters.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, output, problem] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code === 0) return output;
  // Some commands, such as `auth can-i` and `diff`, say no on their output.
  const said = problem.trim() === '' ? output.trim() : problem.trim();
  throw new Error(`kubectl ${args.join(' ')} (exit code ${code}): ${said}`);
}
