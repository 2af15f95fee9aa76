import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildClusterBinary } from '../../testbed/cluster/binary/build.ts';
import { type GeneratedCluster, startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { median, row, type Row } from '../row.ts';
import { runSide } from '../side.ts';
import type { SyncResult } from '../sides/side-process.ts';

const runs = 3;
const objects = 75_000;

/**
 * 5,000 Deployments, 20,000 ReplicaSets and 50,000 Pods, 480 MB of JSON, read once: by the extension's store, in one shot
 * with JSON.parse, by the client library, and by `kubectl get`; each in a process of its own, in turns. The store's time holds
 * its reading; of the one shot, `JSON.parse alone` is only what JSON.parse takes when all has been read. To read and to
 * parse nothing, which is measured too, takes about a sixth of that.
 */
export async function firstSync(log: (line: string) => void): Promise<readonly Row[]> {
  const programs = await buildClusterBinary({ onProgress: log });
  const cluster = await startGeneratedCluster();
  try {
    const sides = {
      store: [],
      read: [],
      'json-parse': [],
      'client-node': [],
    } as Record<string, SyncResult[]>;
    const kubectl: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      for (const [name, results] of Object.entries(sides)) {
        const result = await runSide<SyncResult>(`sync-${name}`, { ...cluster, count: objects });
        if (result.objects !== objects) throw new Error(`${name} has read ${result.objects} objects`);
        results.push(result);
        log(`${name}: ${words(result)}`);
      }
      kubectl.push(await kubectlGet(join(programs, 'kubectl'), cluster));
      log(`kubectl: ${Math.round(kubectl.at(-1) ?? 0)} ms`);
    }
    const of = (name: string, field: keyof SyncResult) =>
      median((sides[name] ?? []).map((result) => result[field]));
    const ours = of('store', 'ms');
    const against = (name: string, value: number, most: number) => ({
      against: { name, value },
      goal: value * most,
    });
    const oneShot = of('json-parse', 'ms');
    const parsing = of('json-parse', 'parseMs');
    return [
      row('first sync', ours, 'ms', against('JSON.parse alone', parsing, 0.5)),
      row('first sync', ours, 'ms', against('read and JSON.parse', oneShot, 0.5)),
      row('first sync', ours, 'ms', against('client-node', of('client-node', 'ms'), 0.25)),
      row('first sync', ours, 'ms', against('kubectl get -o json', median(kubectl), 0.08)),
      row('reading alone, nothing parsed', of('read', 'ms'), 'ms', {
        against: { name: 'JSON.parse alone', value: parsing },
      }),
      row('peak memory', of('store', 'peakMb'), 'MB', against('one-shot', of('json-parse', 'peakMb'), 0.25)),
      row(
        'peak memory',
        of('store', 'peakMb'),
        'MB',
        against('client-node', of('client-node', 'peakMb'), 0.25),
      ),
      row('longest stall', Math.max(...(sides['store'] ?? []).map(({ stallMs }) => stallMs)), 'ms', {
        goal: 50,
      }),
      row('first rows', of('store', 'firstMs'), 'ms', against('one-shot', oneShot, 0.05)),
    ];
  } finally {
    await cluster.stop();
  }
}

function words({ ms, firstMs, parseMs, peakMb, stallMs, cpuMs }: SyncResult): string {
  return `${Math.round(ms)} ms (parsing ${Math.round(parseMs)}, first ${Math.round(firstMs)}), ${Math.round(peakMb)} MB, stall ${Math.round(stallMs)} ms, processor ${Math.round(cpuMs)} ms`;
}

/** Milliseconds of a `kubectl get` of everything, whose output nobody reads. */
async function kubectlGet(program: string, { kubeconfig }: GeneratedCluster): Promise<number> {
  const begun = performance.now();
  const child = spawn(
    program,
    ['get', 'deployments,replicasets,pods', '--all-namespaces', '-o', 'json', '--kubeconfig', kubeconfig],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`kubectl ended with code ${code}`);
  return performance.now() - begun;
}
