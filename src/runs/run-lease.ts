import { reviewPermissions, type Permission, permissionWords } from '../cluster/permissions.ts';
import type { ApiWriter } from '../cluster/api-server.ts';
import { ApiError } from '../cluster/errors/api-error.ts';
import type { DeploymentLease, LeaseState } from '../cluster/writes/lease.ts';
import type { WriteClaim } from './guarded-writes.ts';
import type { Refusal } from './write-preview.ts';

/** What holding a lease asks for. Without it a rollback goes on all the same, and nobody elsewhere is told of it. */
const leasePermissions: readonly Permission[] = [
  { verb: 'get', group: 'coordination.k8s.io', resource: 'leases' },
  { verb: 'create', group: 'coordination.k8s.io', resource: 'leases' },
  { verb: 'patch', group: 'coordination.k8s.io', resource: 'leases' },
];

/** The claim that a run's Lease makes: it keeps two machines from changing one deployment at the same time. */
export function leaseClaim(lease: DeploymentLease, writer: ApiWriter, namespace: string): WriteClaim {
  return {
    async look() {
      const [state, denied] = await Promise.all([lease.look(), deniedPermissions(writer, namespace)]);
      const refusal = state.kind === 'held' ? heldRefusal(state) : undefined;
      const warnings =
        denied.length === 0
          ? []
          : [
              `Nobody at another machine is told that this is being done: you may not ${denied.join(', ')} in ${namespace}.`,
            ];
      return { refusal, warnings };
    },
    async take() {
      const state = await lease.take();
      return state.kind === 'held' ? heldRefusal(state).message : undefined;
    },
  };
}

/** `jane@laptop carries out a run of this deployment.` */
function heldRefusal({ by }: Extract<LeaseState, { kind: 'held' }>): Refusal {
  return {
    kind: 'refused',
    reason: 'other',
    message: `${by} carries out a run of this deployment just now, so nothing is written from here`,
    hint: 'Ask them to sign the run off, to close it or to hand it over with Export Run…. Their claim ends half a minute after their window does.',
  };
}

/** Nothing where the cluster does not tell. */
async function deniedPermissions(writer: ApiWriter, namespace: string): Promise<readonly string[]> {
  try {
    const answers = await reviewPermissions(writer, namespace, leasePermissions);
    return answers.filter(({ allowed }) => !allowed).map(({ permission }) => permissionWords(permission));
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}
