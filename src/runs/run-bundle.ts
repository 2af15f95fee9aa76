import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as v from 'valibot';
import { redactAll } from '../domain/redact.ts';
import type { RunEvent } from '../domain/runbook/events.ts';
import { runState, type RunState } from '../domain/runbook/state.ts';
import type { Hand } from './held-run.ts';
import { takeLock } from './lock.ts';
import { readJournal } from './journal-record.ts';
import { type RunFolder, targetIn } from './run-folder.ts';

/** A run in one file: its journal, byte by byte, and what was kept beside it (captured logs), as base64. */
const schema = v.object({
  format: v.literal('kubernetes-rollback-run'),
  version: v.literal(1),
  journal: v.string(),
  attachments: v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-][\w.-]*(\/[A-Za-z0-9_-][\w.-]*)*$/)),
    v.string(),
  ),
});

/** A file that holds more than this, in bytes, is not a run. */
const mostBytes = 512 * 1024 * 1024;

/** A run from a file, read whole and checked. */
export interface BundledRun {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly journal: string;
  readonly attachments: Readonly<Record<string, string>>;
}

/** The run as one compressed file. Throws where it cannot be read. */
export async function packRun(folder: RunFolder, id: string): Promise<Buffer> {
  const journal = await readFile(folder.journalPath(id), 'utf8');
  const beside = folder.attachments(id);
  const attachments: Record<string, string> = {};
  for (const name of await filesBelow(beside))
    attachments[name] = (await readFile(join(beside, name))).toString('base64');
  const content = { format: 'kubernetes-rollback-run', version: 1, journal, attachments };
  return promisify(gzip)(JSON.stringify(content));
}

/** Throws, in words for a person, where the file is no whole run. */
export async function unpackRun(file: Uint8Array): Promise<BundledRun> {
  const { journal, attachments } = await parsed(file);
  const { events, damagedFrom, torn } = readJournal(Buffer.from(journal));
  const target = targetIn(events);
  if (damagedFrom !== undefined || torn || target === undefined)
    throw new Error(
      `The run in this file is damaged from record ${damagedFrom ?? events.length + 1} on. Export it again.`,
    );
  return { state: runState(target, events), events, journal, attachments };
}

/**
 * Takes a run from a file over, which this machine's kubeconfig knows by `context`; `now` is ms since the epoch. Throws, in
 * words for a person, where it was not handed over, where it does not fit what is here, or where another window carries a run of
 * the deployment out.
 */
export async function takeRun(
  folder: RunFolder,
  bundled: BundledRun,
  { by, host }: Hand,
  context: string,
  now: number,
): Promise<void> {
  const { target, id } = bundled.state;
  const lock = await takeLock(folder.lock({ ...target, context }));
  if (lock === undefined)
    throw new Error(`Another window carries out a run of ${target.name}. Close or export that one first.`);
  try {
    await addRun(folder, bundled);
    const other = context === target.context ? {} : { context };
    const at = new Date(now).toISOString();
    await folder.journal(id).append(redactAll({ at, kind: 'takenOver', by, host, ...other }));
  } finally {
    lock.dispose();
  }
}

/** A run that is here already is replaced by what went on with it elsewhere, and by nothing else. */
async function addRun(folder: RunFolder, { state, journal, attachments }: BundledRun): Promise<void> {
  if (state.handedOver === undefined)
    throw new Error(
      'The run in this file was not handed over, so nobody can take it. Export it with Export Run….',
    );
  const here = await readFile(folder.journalPath(state.id), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  if (!journal.startsWith(here))
    throw new Error(
      'This run is here already, and something else has happened in it since it was handed over.',
    );
  for (const [name, content] of Object.entries(attachments))
    await store(join(folder.attachments(state.id), name), Buffer.from(content, 'base64'));
  await store(folder.journalPath(state.id), journal);
}

async function parsed(file: Uint8Array): Promise<v.InferOutput<typeof schema>> {
  try {
    const text = await promisify(gunzip)(file, { maxOutputLength: mostBytes });
    return v.parse(schema, JSON.parse(text.toString()));
  } catch (cause) {
    throw new Error('This file is no run that Export Run… has written, or it is cut off.', { cause });
  }
}

/** Whole or not at all. */
async function store(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${process.pid}`;
  const made = await open(part, 'w', 0o600);
  try {
    await made.writeFile(content);
    await made.sync();
  } finally {
    await made.close();
  }
  await rename(part, file);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
