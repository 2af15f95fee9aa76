import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunEvent } from '../domain/runbook/events.ts';

/** A run's events on the disk: one JSON object a line, only ever appended. */
export class JournalFile {
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** The events so far; none where there is no file. A last line without its end was cut off by a crash: it is left out. */
  async read(): Promise<readonly RunEvent[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // Lines that this class wrote; the fold ignores nothing, so a foreign line fails loudly here.
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RunEvent);
  }

  /** Resolves once the event is on the disk (fsync). Events are stored in the order of the calls. */
  append(event: RunEvent): Promise<void> {
    const written = this.#writing.then(() => this.#write(`${JSON.stringify(event)}\n`));
    // A failed write is told to whoever waits for it; the next one is tried all the same.
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #write(line: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const file = await open(this.#path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      // A torn line is ended first, so that this one stands by itself; reading leaves the torn one out.
      const torn = size > 0 && last[0] !== 0x0a;
      if (torn) await file.truncate(await endOfLastLine(file, size));
      await file.appendFile(line);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

async function endOfLastLine(file: Awaited<ReturnType<typeof open>>, size: number): Promise<number> {
  const content = Buffer.alloc(size);
  await file.read(content, 0, size, 0);
  return content.lastIndexOf(0x0a) + 1;
}
