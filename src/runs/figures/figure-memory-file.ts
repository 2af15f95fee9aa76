import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FigureSample } from '../../domain/figures/sample.ts';

/** Healthy samples of each revision, by `revisionKey`, oldest first. */
export type RememberedFigures = ReadonlyMap<string, readonly FigureSample[]>;

/** A sample as it stands in the file: null is "not seen". */
type Row = readonly (number | null)[];

/** Tells the parts apart that this process writes at the same time. */
let parts = 0;

/** What is remembered of a cluster's figures, on the disk: uids, template hashes, times and numbers, nothing else. */
export class FigureMemoryFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Empty where there is no file or it is not ours. Throws where it may not be read. */
  async read(): Promise<RememberedFigures> {
    try {
      return figuresIn(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch (error) {
      if (error instanceof SyntaxError) return new Map(); // Torn by a full disk; nothing depends on it.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
      throw error;
    }
  }

  /** Whole or not at all: a window that closes in the middle leaves what was there before. */
  async write(figures: RememberedFigures): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const part = `${this.#path}.${process.pid}-${parts++}`;
    const revisions = Object.fromEntries([...figures].map(([key, samples]) => [key, samples.map(row)]));
    await writeFile(part, JSON.stringify({ version: 1, revisions }), { mode: 0o600 });
    await rename(part, this.#path);
  }
}

function row(sample: FigureSample): Row {
  const { at, ready, desired, restarts, cpuMilli, memoryBytes, errorLines, latencyMs } = sample;
  return [at, ready, desired, restarts, cpuMilli, memoryBytes, errorLines, latencyMs].map(
    (value) => value ?? null,
  );
}

function figuresIn(parsed: unknown): RememberedFigures {
  const figures = new Map<string, readonly FigureSample[]>();
  const revisions =
    typeof parsed === 'object' && parsed !== null && 'revisions' in parsed ? parsed.revisions : undefined;
  if (typeof revisions !== 'object' || revisions === null) return figures;
  for (const [key, rows] of Object.entries(revisions))
    if (Array.isArray(rows)) figures.set(key, rows.flatMap(sampleIn));
  return figures;
}

function sampleIn(value: unknown): FigureSample[] {
  if (!Array.isArray(value) || typeof value[0] !== 'number') return [];
  const [at, ready, desired, restarts, cpuMilli, memoryBytes, errorLines, latencyMs] = value.map(
    (one: unknown) => (typeof one === 'number' ? one : undefined),
  );
  if (at === undefined) return [];
  const pods = { ready, desired, restarts };
  const answered = latencyMs === undefined ? undefined : true;
  return [{ at, ...pods, cpuMilli, memoryBytes, errorLines, latencyMs, answered, failing: false }];
}
