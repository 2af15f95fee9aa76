import type { Clock, Ending } from '../ports/clock.ts';
import type { ApiServer, ApiWriter } from './api-server.ts';
import { GuardedWriter } from './writes/guarded-writer.ts';
import type { Kubeconfig, KubeconfigSurroundings, KubeContext } from './kubeconfig/kubeconfig.ts';
import { KubeconfigSource } from './kubeconfig/kubeconfig-source.ts';
import type { LoginWait } from './kubeconfig/login-state.ts';
import { namedNamespaces, namespaceSource } from './store/namespaces.ts';
import { ClusterStore } from './store/store.ts';

/** One context in use: its API server and what is known of its deployments. */
export interface Connection {
  readonly context: KubeContext;
  readonly api: ApiServer;
  readonly writer: ApiWriter;
  readonly store: ClusterStore;
}

/** What the person chose to work with, instead of what the kubeconfig says. */
export interface PlaceChoice {
  /** The context to start from; undefined for the kubeconfig's current one. */
  readonly context: string | undefined;
  /** The namespaces of a context to look at; empty for all. */
  namespaces(context: string): readonly string[];
}

const nothingChosen: PlaceChoice = { context: undefined, namespaces: () => [] };

export interface KubeconfigChange {
  /** The contexts whose connection has ended, since something about them is different or they are gone. */
  readonly ended: ReadonlySet<string>;
}

interface Open {
  readonly connection: Connection;
  readonly wait: LoginWait;
  readonly identity: string;
  /** The newest: tokens may have been written into it. */
  kubeconfig: Kubeconfig;
}

/** The kubeconfig's contexts, connected to when they are first asked for. A changed kubeconfig is read again by itself. */
export class Connections {
  readonly choice: PlaceChoice;
  readonly #clock: Clock;
  readonly #source: KubeconfigSource;
  readonly #namespaces: (context: string) => readonly string[];
  readonly #isReadOnly: (context: string) => boolean;
  readonly #open = new Map<string, Open>();
  readonly #connected = new Set<(connection: Connection) => void>();
  readonly #changed = new Set<(change: KubeconfigChange) => void>();
  readonly #loggingIn = new Set<(contextName: string) => void>();
  /** What was last told of the kubeconfig, to tell a change from a touch. */
  #told: string | undefined;
  #rereading = Promise.resolve();

  /**
   * `setting` gives the path of the kubeconfig, empty for kubectl's own choice; `isReadOnly` is asked at each write to a
   * context, and nothing is sent where it says so; `namespaces` those to look at in a context whose whole cluster may not
   * be listed; `surroundings` what reading the kubeconfig needs besides.
   */
  constructor(
    clock: Clock,
    setting: () => string,
    isReadOnly: (context: string) => boolean,
    namespaces: (context: string) => readonly string[] = () => [],
    choice: PlaceChoice = nothingChosen,
    surroundings?: KubeconfigSurroundings,
  ) {
    this.choice = choice;
    this.#clock = clock;
    this.#source = new KubeconfigSource(clock, setting, surroundings, () => void this.reread());
    this.#isReadOnly = isReadOnly;
    this.#namespaces = namespaces;
  }

  /** Throws KubeconfigError; asks the disk again after that. */
  async kubeconfig(): Promise<Kubeconfig> {
    const reading = this.#source.present();
    try {
      const kubeconfig = await reading;
      this.#told ??= described(kubeconfig);
      return kubeconfig;
    } catch (error) {
      this.#told ??= String(error);
      throw error;
    }
  }

  /** Told after the kubeconfig has become another; what is the same for a context keeps its connection. */
  onDidChange(listener: (change: KubeconfigChange) => void): Ending {
    return subscribed(this.#changed, listener);
  }

  /** Reads the kubeconfig again. While it cannot be read, connections stay: it may be half written. */
  reread(): Promise<void> {
    this.#rereading = this.#rereading.then(() => this.#readAgain());
    return this.#rereading;
  }

  async #readAgain(): Promise<void> {
    let ended: ReadonlySet<string> = new Set();
    let now;
    try {
      const kubeconfig = await this.#source.again();
      if (kubeconfig === undefined) return;
      ended = this.#endOthers(kubeconfig);
      now = described(kubeconfig);
    } catch (error) {
      now = String(error); // Whoever asks for the kubeconfig next is told in full.
    }
    if (now === this.#told) return;
    this.#told = now;
    for (const listener of this.#changed) listener({ ended });
  }

  /**
   * The context that commands start from: the person's choice where the kubeconfig still has it, else its current one.
   * Throws KubeconfigError.
   */
  async startContext(): Promise<string | undefined> {
    const { contexts, currentContext } = await this.kubeconfig();
    return contexts.some(({ name }) => name === this.choice.context) ? this.choice.context : currentContext;
  }

  /** Throws KubeconfigError, or an Error where the context is not there any more. */
  async connect(contextName: string): Promise<Connection> {
    const reading = this.#source.present();
    const kubeconfig = await this.kubeconfig();
    const there = this.#open.get(contextName);
    if (there !== undefined) return there.connection;
    const context = kubeconfig.contexts.find(({ name }) => name === contextName);
    if (context === undefined) throw new Error(`The kubeconfig has no context ${contextName} any more.`);
    // Loaded on first need: activation must not pay for an HTTP client.
    const { Transport } = await import('./http/transport.ts');
    // Changed while loading: what was read is not what is wanted any more.
    if (!this.#source.isPresent(reading)) return this.connect(contextName);
    const raced = this.#open.get(contextName);
    if (raced !== undefined) return raced.connection;
    // The store asks for the login as soon as it is made, before the connection is open.
    let open: Open | undefined = undefined;
    const transport = new Transport(context.server, (request) =>
      (open?.kubeconfig ?? kubeconfig).credentials(contextName, request),
    );
    const named = namedNamespaces(kubeconfig.contexts, context, this.#namespaces(contextName));
    const writer = new GuardedWriter(transport, () => this.#isReadOnly(contextName));
    const store = new ClusterStore(transport, this.#clock, namespaceSource(transport, writer, named));
    const connection = { context, api: transport, writer, store };
    const identity = kubeconfig.identity(contextName);
    open = { connection, wait: transport.login, identity, kubeconfig };
    transport.login.onDidChange(() => {
      for (const listener of this.#loggingIn) listener(contextName);
    });
    this.#open.set(contextName, open);
    for (const listener of this.#connected) listener(connection);
    return connection;
  }

  /** Tells each connection as it is made. */
  onDidConnect(listener: (connection: Connection) => void): Ending {
    return subscribed(this.#connected, listener);
  }

  /** The connection, if the context is in use. */
  existing(contextName: string): Connection | undefined {
    return this.#open.get(contextName)?.connection;
  }

  /** Whether the context's login goes on just now, such as a command that waits for a person. */
  isLoggingIn(contextName: string): boolean {
    return this.#open.get(contextName)?.wait.isWaiting ?? false;
  }

  /** Told the context whose login has begun to wait, or has ended. */
  onDidChangeLogin(listener: (contextName: string) => void): Ending {
    return subscribed(this.#loggingIn, listener);
  }

  /** Forgets the kubeconfig and ends every connection: all is read again when it is next asked for. */
  reset(): void {
    this.#source.forget();
    this.#told = undefined;
    for (const name of [...this.#open.keys()]) this.#end(name);
  }

  dispose(): void {
    this.reset();
    this.#source.dispose();
    for (const listeners of [this.#connected, this.#changed, this.#loggingIn]) listeners.clear();
  }

  /** Ends the connections of contexts that are gone or different; gives their names. */
  #endOthers(kubeconfig: Kubeconfig): ReadonlySet<string> {
    const identities = new Map(
      kubeconfig.contexts.map((context) => [context.name, kubeconfig.identity(context.name)]),
    );
    const ended = new Set<string>();
    for (const [name, open] of this.#open)
      if (identities.get(name) === open.identity) open.kubeconfig = kubeconfig;
      else ended.add(name);
    for (const name of ended) this.#end(name);
    return ended;
  }

  #end(contextName: string): void {
    const open = this.#open.get(contextName);
    this.#open.delete(contextName);
    open?.connection.store.dispose();
    open?.connection.api.dispose();
  }
}

function described({ contexts, currentContext, identity }: Kubeconfig): string {
  return JSON.stringify([currentContext, contexts.map(({ name }) => identity(name))]);
}

function subscribed<Listener>(listeners: Set<Listener>, listener: Listener): Ending {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}
