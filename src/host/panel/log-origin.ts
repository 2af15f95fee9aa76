import type { Clock } from '../../ports/clock.ts';
import type { ContainerLogs } from '../../ports/container-logs.ts';
import { containerLogs } from '../../cluster/logs/container-log.ts';
import { deploymentPods } from '../../runs/deployment-pods.ts';
import type { LivePods } from '../../runs/log-pods.ts';
import type { Connection } from '../../cluster/connections.ts';

/** Where the lines of a log area come from: the pods of a deployment, and what was captured of them. */
export interface LogOrigin {
  /** The deployment's name. */
  readonly name: string;
  readonly logs: ContainerLogs;
  pods(deploymentUid: string): LivePods;
  /** The folder of what was captured; it need not exist. Undefined where there is no run. */
  readonly captured: string | undefined;
  /** Where nothing is followed: when the run was over or written last (RFC 3339). */
  readonly recordedAt?: string;
}

/** The logs of a deployment as they come, and what was captured into the folder. */
export function liveOrigin(
  name: string,
  connection: Pick<Connection, 'api' | 'store'>,
  captured: string | undefined,
  clock: Clock,
): LogOrigin {
  return {
    name,
    logs: containerLogs(connection.api, clock),
    pods: (deploymentUid) => deploymentPods(connection.store, deploymentUid),
    captured,
  };
}

/** The logs of a run that is only looked at: what was captured in it. */
export function recordedOrigin(name: string, captured: string, recordedAt: string): LogOrigin {
  return {
    name,
    captured,
    recordedAt,
    logs: { follow: () => Promise.resolve({ kind: 'gone' }) },
    pods: () => ({
      pods: () => [],
      onDidChange: () => ({ dispose: () => undefined }),
      revisionOf: () => undefined,
    }),
  };
}
