import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeIndex } from '../../src/runs/log-capture-index.ts';

/** Puts one line into a run's folder as if it had been captured of a pod that is gone, and 7 older ones had been cut. */
export async function keepCapturedLine(
  folder: string,
  pod: { readonly name: string; readonly revision: number; readonly replicaSetUid: string },
  text: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const line = `2026-01-02T03:04:05.000000000Z ${text}\n`;
  await writeFile(join(folder, '001-gone.log'), line);
  const { name, revision, replicaSetUid } = pod;
  const source = {
    podUid: 'gone',
    namespace: 'gone',
    pod: name,
    container: 'api',
    revision,
    replicaSetUid,
    previous: false,
    lines: 1,
    bytes: line.length,
    cutLines: 7,
    cutBytes: 700,
  };
  await writeIndex(folder, {
    capturedAt: '2026-01-02T03:05:00.000Z',
    sources: [{ file: '001-gone.log', source }],
  });
}
