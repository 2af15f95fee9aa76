import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startDemo } from '../../test/testbed/demo/start.ts';
import type { Endings } from './endings.ts';

/**
 * User settings that lead the extension to the person's own cluster, or to the demo, which is started then.
 * Rejects when the kubeconfig cannot be read.
 */
export async function settingsFor(
  kubeconfig: string | undefined,
  endings: Endings,
  log: (line: string) => void,
): Promise<Readonly<Record<string, unknown>>> {
  if (kubeconfig !== undefined) {
    // npm runs us in the repository; the path was typed where npm was started.
    const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), kubeconfig);
    await access(file);
    return { 'kubernetesRollback.kubeconfig': file };
  }
  log('Starting the demo cluster');
  const demo = await startDemo(log);
  endings.add(() => demo.stop());
  return demo.settings;
}
