import type { ApiClient } from './api-client.ts';
import type { AuditEntry } from './audit.ts';
import type { KubectlEnd } from './kubectl.ts';

export interface ClusterOptions {
  /** Runs metrics-server too, so that `kubectl top` works about 20 s after the start. Off by default. */
  readonly metrics?: boolean;
  /** Admission plugins besides the default ones, such as `AlwaysPullImages`. */
  readonly admissionPlugins?: readonly string[];
  /** Feature gates of the API server besides the default ones, such as `EmptyDirVolumeMode=true`. */
  readonly featureGates?: readonly string[];
  /** False: etcd and the API server run alone, so that objects stay as they are written. True by default. */
  readonly controllers?: boolean;
  /** The name of the kubeconfig's context; `demo` by default. */
  readonly contextName?: string;
  /** Told what is being done, a line at a time, when that takes long (the first build does). */
  readonly log?: (line: string) => void;
  /** Where the cluster keeps its files; a temporary folder by default. It is removed by `stop`. */
  readonly folder?: string;
}

/** A running cluster: a real control plane whose nodes, pods and logs are played. */
export interface Cluster {
  readonly folder: string;
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** The file of a kubeconfig whose one context is user `kubernetes-admin`, allowed everything. */
  readonly kubeconfig: string;
  /** The folder that holds the programs, kubectl among them. */
  readonly programs: string;
  readonly logs: PodLogs;
  /** Raw requests as user `testbed`, who is allowed everything; audits tell them from the extension's. */
  readonly client: ApiClient;
  /** Runs the real kubectl and gives its output. Rejects with what it wrote to stderr. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  /** Runs it and gives what it wrote and its exit code, whatever that is; `onOutput` is called as its output comes. */
  tryKubectl(args: readonly string[], onOutput?: () => void): Promise<KubectlEnd>;
  /** `kubectl apply` of objects or of YAML, so that they carry last-applied as people's do. */
  apply(objects: readonly object[] | string): Promise<void>;
  /** Every request so far, open watches included. */
  audit(): Promise<readonly AuditEntry[]>;
  /** The text of a kubeconfig for another user, such as one that RBAC limits. Its context has the user's name. */
  kubeconfigFor(user: string, ...groups: readonly string[]): string;
  /** Takes the API server away as a crash would; everything else goes on. */
  stopApiServer(): Promise<void>;
  /** Starts it again (after ending it, if need be) at the same address; resolves when it is ready. */
  restartApiServer(): Promise<void>;
  /** Ends everything and removes the folder. Once is enough; more often does no harm. */
  stop(): Promise<void>;
}

/** What the containers of pods write. */
export interface PodLogs {
  /** Adds lines to the log of the container as it runs now, or will run. Lines need no end-of-line. */
  append(namespace: string, pod: string, container: string, lines: readonly string[]): void;
  /** What the container as it runs now has written so far goes to an older file, which nobody is given any more. */
  rotate(namespace: string, pod: string, container: string): void;
}
