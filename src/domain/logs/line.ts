/** Severity as read from the line itself, JSON or plain; undefined where the line does not say. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** One container of one pod whose log is shown, or its previous run. */
export interface LogSource {
  readonly podUid: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The revision of the pod's ReplicaSet when the stream began; undefined where it is not known. */
  readonly revision: number | undefined;
  /** True for the container's last run before the present one. */
  readonly previous: boolean;
}

/** One line of a container's log. */
export interface LogLine {
  readonly source: LogSource;
  /** The kubelet's time stamp, RFC 3339 with nanoseconds, UTC. */
  readonly at: string;
  /** Free of line ends and of every control character but SGR escapes. */
  readonly text: string;
  readonly level: LogLevel | undefined;
  /** True for what stands in the place of lines that could not be had: words of ours, not of the container. */
  readonly gap?: true;
}

/** Which logs to show: the whole deployment, one revision (by its ReplicaSet's uid), one pod (by its uid) or one container of it. */
export type LogScope =
  | { readonly kind: 'deployment' }
  | { readonly kind: 'revision'; readonly replicaSetUid: string }
  | { readonly kind: 'pod'; readonly podUid: string; readonly container?: string };
