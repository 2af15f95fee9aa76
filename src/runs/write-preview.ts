import type { DeploymentJson } from '../domain/rollout/json.ts';
import { ApiError } from '../cluster/errors/api-error.ts';
import { type DeploymentWrite, refusal, type WriteGateway } from '../cluster/writes/writes.ts';

/** What a person sees before confirming any change; the API server has checked the write in a dry run. */
export interface WritePreview {
  readonly warnings: readonly string[];
  /** Who owns the deployment and would undo this, in a sentence: it is not written unless the person insists. */
  readonly blocker: string | undefined;
  /** The kubectl command that does the same. */
  readonly command: string;
  readonly write: DeploymentWrite;
}

/** Nothing was written; `message` is kubectl's, or what the API server said in the dry run; `hint` what to do next. */
export interface Refusal {
  readonly kind: 'refused';
  /** `paused` can be helped from here: by resuming first. */
  readonly reason: 'paused' | 'readOnly' | 'other';
  readonly message: string;
  readonly hint: string;
}

export type Prepared<Preview extends WritePreview> =
  | { readonly kind: 'ready'; readonly preview: Preview }
  /** kubectl's own message: it is so already. */
  | { readonly kind: 'skipped'; readonly message: string }
  | Refusal;

/** For the intent of a write that is made for the Deployment as it was read. */
export function generationOf({ metadata }: DeploymentJson): { readonly generation?: number } {
  return metadata?.generation === undefined ? {} : { generation: metadata.generation };
}

/** Ready where the API server accepts the write in a dry run. Throws ApiError where it gave no answer. */
export async function dryRun(
  gateway: WriteGateway,
  write: DeploymentWrite,
  signal?: AbortSignal,
): Promise<Refusal | undefined> {
  try {
    await gateway.dryRun(write, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === undefined) throw error;
    const message = `The cluster refuses this: ${refusal(error)}`;
    return { kind: 'refused', reason: 'other', message, hint: error.hint };
  }
}
