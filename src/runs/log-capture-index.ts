import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogSource } from '../domain/logs/line.ts';

/** A container whose log is captured, with the ReplicaSet of its pod: a revision's number may change, and pods go. */
export interface CaptureOrigin extends LogSource {
  readonly replicaSetUid: string;
}

/** One container's log, or its previous run's, as it was captured. */
export interface CapturedSource extends CaptureOrigin {
  readonly lines: number;
  /** Of text, in UTF-8. */
  readonly bytes: number;
  /** Lines that were read and given up again, the oldest, because of the limit for the whole capture. */
  readonly cutLines: number;
  readonly cutBytes: number;
  /** Why there is nothing, or not everything: a refusal, a container that never started, a log that was too long. */
  readonly problem?: string;
}

/** What a capture holds, in numbers. */
export interface CaptureSummary {
  /** RFC 3339. */
  readonly capturedAt: string;
  readonly sources: readonly CapturedSource[];
  readonly bytes: number;
  /** What the limit took away, from all sources together. */
  readonly cut: { readonly lines: number; readonly bytes: number };
}

/** What stands beside each captured log, where a person looks. */
export const captureNotice =
  'These logs are kept as the containers printed them: what they say of secrets is in here too.';

export interface IndexedSource {
  readonly file: string;
  readonly source: CapturedSource;
}

export interface CaptureIndex {
  readonly capturedAt: string;
  readonly sources: readonly IndexedSource[];
}

const indexName = 'index.json';

export function summaryOf({ capturedAt, sources: indexed }: CaptureIndex): CaptureSummary {
  const sources = indexed.map(({ source }) => source);
  const sum = (of: (source: CapturedSource) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  const cut = { lines: sum(({ cutLines }) => cutLines), bytes: sum(({ cutBytes }) => cutBytes) };
  return { capturedAt, sources, bytes: sum(({ bytes }) => bytes), cut };
}

/** Whole or not at all: what names the files of a capture is never torn. */
export async function writeIndex(folder: string, index: CaptureIndex): Promise<void> {
  const part = join(folder, `${indexName}.part`);
  const content = { version: 1, notice: captureNotice, ...index };
  await writeFile(part, `${JSON.stringify(content, undefined, 1)}\n`, { mode: 0o600 });
  await rename(part, join(folder, indexName));
}

/** Undefined where there is no capture. Throws where it may not be read or is none of ours. */
export async function readIndex(folder: string): Promise<CaptureIndex | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, indexName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const parsed: unknown = JSON.parse(text);
  if (!isIndex(parsed)) throw new Error(`${join(folder, indexName)} is no index of captured logs.`);
  return parsed;
}

/** When the capture in this folder has changed, in ms since the epoch; undefined where there is none. */
export async function captureChangedAt(folder: string): Promise<number | undefined> {
  try {
    return (await stat(join(folder, indexName))).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isIndex(parsed: unknown): parsed is CaptureIndex {
  if (typeof parsed !== 'object' || parsed === null) return false;
  const { version, capturedAt, sources } = parsed as Readonly<Record<string, unknown>>;
  return (
    version === 1 && typeof capturedAt === 'string' && Array.isArray(sources) && sources.every(isIndexed)
  );
}

const strings = ['podUid', 'namespace', 'pod', 'container', 'replicaSetUid'];
const numbers = ['lines', 'bytes', 'cutLines', 'cutBytes'];

function isIndexed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, source } = value as Readonly<Record<string, unknown>>;
  // A name of this folder alone: the index may have been edited.
  if (typeof file !== 'string' || !/^\w[\w.-]*\.log$/.test(file)) return false;
  if (typeof source !== 'object' || source === null) return false;
  const fields = source as Readonly<Record<string, unknown>>;
  return (
    strings.every((name) => typeof fields[name] === 'string') &&
    numbers.every((name) => typeof fields[name] === 'number') &&
    typeof fields['previous'] === 'boolean'
  );
}
