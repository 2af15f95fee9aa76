import { permissionWords, reviewPermissions, rollbackPermissions } from '../../cluster/permissions.ts';
import { seen, type StepHandler } from './step-handler.ts';

/** Who and where we are, and whether everything that later steps ask for is allowed: asked all at once. */
export const access: StepHandler = async (place, _see, signal) => {
  const { connection, run } = place;
  const { context, cluster, server, user } = { ...connection.context, context: connection.context.name };
  const where = `Context ${context}, cluster ${cluster}, server ${server}, user ${user}, namespace ${run.target.namespace}`;
  const asked = await reviewPermissions(connection.writer, run.target.namespace, rollbackPermissions, signal);
  const granted = asked.filter(({ allowed }) => allowed).length;
  const evidence = [
    seen(place, where, 'plain'),
    ...asked.map(({ permission, allowed, reason }) => {
      const words = allowed ? 'allowed' : `not allowed${reason === '' ? '' : ` (${reason})`}`;
      return seen(place, `${permissionWords(permission)}: ${words}`, allowed ? 'ok' : 'failed');
    }),
  ];
  const summary = `${granted} of ${asked.length} permissions`;
  if (granted === asked.length) return { state: 'ok', summary, evidence };
  const detail =
    'Without these permissions the rollback cannot be carried out. Ask for them, or switch to a context whose user has them.';
  return { state: 'failed', summary, detail, evidence };
};
