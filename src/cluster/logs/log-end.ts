import type { LogEnd } from '../../ports/container-logs.ts';
import { ApiError } from '../errors/api-error.ts';

/** Anything thrown while a log was asked for or read, as an ApiError; what is none is a fault of the connection. */
export function apiErrorOf(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError('unreachable', thrown instanceof Error ? thrown.message : String(thrown), {
    cause: thrown,
  });
}

/**
 * What an error means for the reading of a log; undefined where trying again can help. The kubelet's reasons come as 400 with a
 * sentence alone (pkg/kubelet/kubelet_pods.go, validateContainerLogStatus).
 */
export function endOfError(error: ApiError, previous: boolean): LogEnd | undefined {
  const { message } = error;
  switch (error.reason) {
    case 'notFound':
      return { kind: 'gone' };
    case 'forbidden':
      return { kind: 'forbidden', message };
    case 'badRequest':
      if (/previous terminated container .* not found/.test(message)) return { kind: 'noPrevious', message };
      // `is waiting to start: image can't be pulled`, `is not available`, `does not have a host assigned`.
      if (/waiting to start|not available|host assigned/.test(message)) return { kind: 'waiting', message };
      return { kind: 'failed', message };
    case 'invalid':
    case 'conflict':
    case 'gone':
      return { kind: 'failed', message };
    case 'aborted':
      return { kind: 'aborted' };
    default:
      // A kubelet that cannot find the log of a run long gone answers 500 for it; it will not come back.
      return previous && /not found|no such file/.test(message) ? { kind: 'noPrevious', message } : undefined;
  }
}
