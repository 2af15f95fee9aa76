import { eventually } from '../eventually.ts';
import type { ApiClient } from './api-client.ts';
import { NODES } from './nodes.ts';
import type { Servers } from './servers.ts';

/** Waits until the API server says that it is ready. Rejects when a program ends, or after a minute. */
export async function untilReady(client: ApiClient, servers: Servers): Promise<void> {
  await until('the API server to be ready', servers, async () => {
    const answer = await client.request('GET', '/readyz').catch((error: unknown) => {
      // Nobody listens yet.
      if (error instanceof Error) return undefined;
      throw error;
    });
    return answer?.status === 200;
  });
}

/** Waits until pods can be made and placed: a default service account, nodes without taints. */
export async function untilPodsCanRun(client: ApiClient, servers: Servers): Promise<void> {
  await until('the nodes to be ready', servers, async () => {
    const paths = [
      '/api/v1/namespaces/default/serviceaccounts/default',
      ...NODES.map((node) => `/api/v1/nodes/${node}`),
    ];
    const answers = await Promise.all(paths.map((path) => client.request('GET', path)));
    return answers.every(({ status, body }) => status === 200 && !body.includes('"taints"'));
  });
}

/** Waits until it is so. Rejects when a program ends meanwhile, with its last lines, or after a minute. */
export async function until(what: string, servers: Servers, isSo: () => Promise<boolean>): Promise<void> {
  const died: string[] = [];
  for (const program of servers.running) void program.died.then((how) => died.push(how));
  await eventually(what, async () => {
    if (died[0] !== undefined) throw new Error(`while waiting for ${what}: ${died[0]}`);
    return isSo();
  });
}
