import { join } from 'node:path';
import type { ProgramName } from './binary/build.ts';
import { argsOf, type ControlPlaneOptions } from './control-plane.ts';
import { type Program, startProgram } from './programs.ts';

type ServerName = Exclude<ProgramName, 'kubectl'> | 'metrics-server';

/** The servers of one cluster, by name. */
export class Servers {
  readonly #programs: string;
  readonly #options: ControlPlaneOptions;
  readonly #onDied: (how: string) => void;
  readonly #running = new Map<ServerName, Program>();

  /** `programs` is the folder that holds them; `onDied` is told of one that ends without being asked to. */
  constructor(programs: string, options: ControlPlaneOptions, onDied: (how: string) => void) {
    this.#programs = programs;
    this.#options = options;
    this.#onDied = onDied;
  }

  get running(): readonly Program[] {
    return [...this.#running.values()];
  }

  runs(name: ServerName): boolean {
    return this.#running.has(name);
  }

  start(name: Exclude<ServerName, 'metrics-server'>): void {
    this.startFile(name, join(this.#programs, name), argsOf(name, this.#options));
  }

  /** Starts a program that is built apart. */
  startFile(name: ServerName, file: string, args: readonly string[]): void {
    const { folder } = this.#options;
    const logFile = join(folder, 'programs', `${name}.log`);
    const program = startProgram({ name, file, args, folder, logFile });
    this.#running.set(name, program);
    void program.died.then(this.#onDied);
  }

  async end(name: ServerName): Promise<void> {
    const program = this.#running.get(name);
    this.#running.delete(name);
    await program?.end();
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.end(name)));
  }
}
