import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that VS Code opens with. */
export interface StartWorkspace {
  readonly folder: string;
  /** The next things to try, for the terminal. */
  readonly nextThings: string;
  remove(): Promise<void>;
}

const inDemo = [
  'Open `veza-backend-api`, red in the Rollback side bar: its revisions and crashing pods are one click away.',
  'Press F1 and run **Rollback: Roll Back to Previous Revision**: read the preview, confirm, watch it turn green.',
  'Press F1 and run **Rollback: Tail Logs**: old and new pods in one log, beside the checklist.',
];

const inOwnCluster = [
  'Open a deployment in the Rollback side bar: its revisions and pods are one click away.',
  'Press F1 and run **Rollback: Tail Logs**: all its pods in one log, beside the checklist.',
  'Press F1 and run **Rollback: Verify Deployment**: what is healthy, and what was seen of it.',
];

/** Makes a folder with a page that says what to try. */
export async function makeWorkspace(demo: boolean): Promise<StartWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'rollback-'));
  const things = demo ? inDemo : inOwnCluster;
  const numbered = things.map((thing, index) => `${index + 1}. ${thing}`);
  const heading = demo
    ? 'The newest release of `veza-backend-api` crashes. Three things to try:'
    : 'This is your cluster. Three things to try:';
  await writeFile(
    join(folder, 'Try this.md'),
    `# Kubernetes Rollback\n\n${heading}\n\n${numbered.join('\n')}\n`,
  );
  return {
    folder,
    nextThings: [heading, ...numbered].map((line) => `  ${line.replaceAll(/\*\*|`/g, '')}`).join('\n'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
