import type { Clock, Ending } from '../../ports/clock.ts';
import {
  type Kubeconfig,
  kubeconfigFiles,
  type KubeconfigSurroundings,
  loadKubeconfig,
} from './kubeconfig.ts';
import type { ExecLogins } from './exec-logins.ts';
import { watchFiles } from './watch-files.ts';

/** The kubeconfig as it stands in its files, which are watched once they have been read. */
export class KubeconfigSource {
  readonly #clock: Clock;
  readonly #setting: () => string;
  readonly #surroundings: KubeconfigSurroundings | undefined;
  readonly #changed: () => void;
  #present: Promise<Kubeconfig> | undefined;
  #execLogins: ExecLogins | undefined;
  #watched: { readonly files: string; readonly ending: Ending } | undefined;

  /** `setting` gives the path of the kubeconfig, empty for kubectl's own choice; `changed` is called when a file changes. */
  constructor(
    clock: Clock,
    setting: () => string,
    surroundings: KubeconfigSurroundings | undefined,
    changed: () => void,
  ) {
    this.#clock = clock;
    this.#setting = setting;
    this.#surroundings = surroundings;
    this.#changed = changed;
  }

  /** What was read last. Throws KubeconfigError; asks the disk again after that. */
  present(): Promise<Kubeconfig> {
    if (this.#present !== undefined) return this.#present;
    const reading = this.#read();
    this.#present = reading;
    reading.catch(() => {
      if (this.#present === reading) this.#present = undefined;
    });
    return reading;
  }

  /** Whether this is still what `present` gives. */
  isPresent(reading: Promise<Kubeconfig>): boolean {
    return this.#present === reading;
  }

  /** Reads the files again. Undefined where it was forgotten or read meanwhile. Throws KubeconfigError. */
  async again(): Promise<Kubeconfig | undefined> {
    const before = this.#present;
    const reading = this.#read();
    // Until it is read whole, the old one holds.
    const kubeconfig = await reading.catch((error: unknown) => {
      if (this.#present === before) this.#present = undefined;
      throw error;
    });
    if (this.#present !== before) return undefined;
    this.#present = reading;
    return kubeconfig;
  }

  /** The next who asks has it read again. */
  forget(): void {
    this.#present = undefined;
  }

  dispose(): void {
    this.forget();
    this.#watched?.ending.dispose();
  }

  async #read(): Promise<Kubeconfig> {
    const files = kubeconfigFiles(this.#setting(), process.env);
    this.#watch(files);
    const { ExecLogins } = await import('../http/transport.ts');
    this.#execLogins ??= new ExecLogins();
    return loadKubeconfig(files, {
      execLogins: this.#execLogins,
      ...(this.#surroundings === undefined ? {} : { surroundings: this.#surroundings }),
    });
  }

  #watch(files: readonly string[]): void {
    const key = JSON.stringify(files);
    if (this.#watched?.files === key) return;
    this.#watched?.ending.dispose();
    this.#watched = { files: key, ending: watchFiles(files, this.#clock, this.#changed) };
  }
}
