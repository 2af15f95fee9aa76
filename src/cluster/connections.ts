import type { Clock, Ending } from '../ports/clock.ts';
import type { ApiServer, ApiWriter } from './api-server.ts';
import { GuardedWriter } from './guarded-writer.ts';
import { type Kubeconfig, kubeconfigFiles, type KubeContext, loadKubeconfig } from './kubeconfig.ts';
import { namedNamespaces, namespaceSource } from './namespaces.ts';
import { ClusterStore } from './store.ts';

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

/** The kubeconfig's contexts, connected to when they are first asked for. */
export class Connections {
  readonly choice: PlaceChoice;
  readonly #clock: Clock;
  readonly #setting: () => string;
  readonly #namespaces: (context: string) => readonly string[];
  readonly #isReadOnly: (context: string) => boolean;
  readonly #open = new Map<string, Connection>();
  readonly #listeners = new Set<(connection: Connection) => void>();
  #kubeconfig: Promise<Kubeconfig> | undefined;

  /**
   * `setting` gives the path of the kubeconfig, empty for kubectl's own choice; `isReadOnly` is asked at each write to a
   * context, and nothing is sent where it says so; `namespaces` those to look at in a context whose whole cluster may not
   * be listed.
   */
  constructor(
    clock: Clock,
    setting: () => string,
    isReadOnly: (context: string) => boolean,
    namespaces: (context: string) => readonly string[] = () => [],
    choice: PlaceChoice = nothingChosen,
  ) {
    this.choice = choice;
    this.#clock = clock;
    this.#setting = setting;
    this.#isReadOnly = isReadOnly;
    this.#namespaces = namespaces;
  }

  /** Throws KubeconfigError; asks the disk again after that. */
  kubeconfig(): Promise<Kubeconfig> {
    this.#kubeconfig ??= loadKubeconfig(kubeconfigFiles(this.#setting(), process.env)).catch(
      (error: unknown) => {
        this.#kubeconfig = undefined;
        throw error;
      },
    );
    return this.#kubeconfig;
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
    const reading = this.kubeconfig();
    const kubeconfig = await reading;
    const there = this.#open.get(contextName);
    if (there !== undefined) return there;
    const context = kubeconfig.contexts.find(({ name }) => name === contextName);
    if (context === undefined) throw new Error(`The kubeconfig has no context ${contextName} any more.`);
    // Loaded on first need: activation must not pay for an HTTP client.
    const { Transport } = await import('./transport.ts');
    // Reset while loading: what was read is not what is wanted any more.
    if (this.#kubeconfig !== reading) return this.connect(contextName);
    const raced = this.#open.get(contextName);
    if (raced !== undefined) return raced;
    const transport = new Transport(context.server, (refused) =>
      kubeconfig.credentials(contextName, refused),
    );
    const named = namedNamespaces(kubeconfig.contexts, context, this.#namespaces(contextName));
    const writer = new GuardedWriter(transport, () => this.#isReadOnly(contextName));
    const store = new ClusterStore(transport, this.#clock, namespaceSource(transport, writer, named));
    const connection = { context, api: transport, writer, store };
    this.#open.set(contextName, connection);
    for (const listener of this.#listeners) listener(connection);
    return connection;
  }

  /** Tells each connection as it is made. */
  onDidConnect(listener: (connection: Connection) => void): Ending {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The connection, if the context is in use. */
  existing(contextName: string): Connection | undefined {
    return this.#open.get(contextName);
  }

  /** Forgets the kubeconfig and ends every connection: all is read again when it is next asked for. */
  reset(): void {
    this.#kubeconfig = undefined;
    for (const { store, api } of this.#open.values()) {
      store.dispose();
      api.dispose();
    }
    this.#open.clear();
  }

  dispose(): void {
    this.reset();
  }
}
