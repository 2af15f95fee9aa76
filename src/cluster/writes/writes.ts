import { exactText } from '../../domain/exact-json.ts';
import type { DeploymentJson } from '../../domain/rollout/json.ts';
import type { JsonPatchOperation } from '../../domain/rollout/json-patch.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WriteIntent, WriteOutcome } from '../../domain/runbook/write.ts';
import type { WriteJournal } from '../../ports/write-journal.ts';
import { ApiError, hadNoEffect } from '../errors/api-error.ts';
import type { ApiServer, ApiWriter } from '../api-server.ts';
import { jsonBody } from '../http/json-body.ts';
import { deploymentPath, readDeployment } from '../reads/deployments.ts';

/** A change of one Deployment. Its operations begin with `test`s of uid and generation: the precondition. */
export interface DeploymentWrite {
  readonly intent: WriteIntent;
  readonly operations: readonly JsonPatchOperation[];
  /** Tells from the Deployment as it is now whether this write has been carried out. */
  isApplied(deployment: DeploymentJson): boolean;
}

/** The write has ended in `outcome`, which could not be written down: its words say both. */
class OutcomeNotStored extends Error {
  readonly outcome: WriteOutcome;

  constructor(outcome: WriteOutcome, cause: unknown) {
    const what = {
      applied: 'The change was written',
      notApplied: 'The change was not written',
      unknown: 'It is not known whether the change was written',
    }[outcome.kind];
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${what}, but this cannot be stored on this machine: ${why}`, { cause });
    this.name = 'OutcomeNotStored';
    this.outcome = outcome;
  }
}

const fieldManager = 'kubernetes-rollback';
/** How often and how long apart (ms) the cluster is read after a write without an answer. */
const readBacks = { times: 5, apartMs: 1000 };

/** The only way to change anything in a cluster. */
export class WriteGateway {
  readonly #api: ApiServer;
  readonly #writer: ApiWriter;
  readonly #journal: WriteJournal;
  readonly #clock: Clock;

  constructor(api: ApiServer, writer: ApiWriter, journal: WriteJournal, clock: Clock) {
    this.#api = api;
    this.#writer = writer;
    this.#journal = journal;
    this.#clock = clock;
  }

  /** Lets the API server check the write (permission, admission, quota, precondition) without storing it. Throws ApiError. */
  async dryRun(write: DeploymentWrite, signal?: AbortSignal): Promise<void> {
    await this.#patch(write, { dryRun: 'All' }, signal);
  }

  /**
   * Writes the intent down, sends the patch once, and writes the outcome down. It is never sent twice: where no answer
   * came the cluster is read instead. Once sent it cannot be cancelled. Throws where nothing was sent, and
   * `OutcomeNotStored` where only the outcome could not be written down.
   */
  async apply(write: DeploymentWrite): Promise<WriteOutcome> {
    await this.#journal.intent(write.intent);
    const outcome = await this.#send(write);
    try {
      await this.#journal.outcome(write.intent, outcome);
    } catch (error) {
      throw new OutcomeNotStored(outcome, error);
    }
    return outcome;
  }

  async #send(write: DeploymentWrite): Promise<WriteOutcome> {
    try {
      return applied(await this.#patch(write, {}));
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      if (hadNoEffect(thrown)) return { kind: 'notApplied', message: refusal(thrown) };
      return this.#readBack(write, thrown);
    }
  }

  async #patch(
    write: DeploymentWrite,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<DeploymentJson> {
    const body = await this.#writer.send(
      {
        method: 'PATCH',
        path: deploymentPath(write.intent),
        query: { ...query, fieldManager },
        contentType: 'application/json-patch+json',
        body: exactText(write.operations),
      },
      { timeoutMs: 30_000, ...(signal === undefined ? {} : { signal }) },
    );
    return jsonBody<DeploymentJson>(body);
  }

  async #readBack(write: DeploymentWrite, unanswered: ApiError): Promise<WriteOutcome> {
    let last = unanswered;
    let seen: DeploymentJson | undefined;
    for (let time = 0; time < readBacks.times; time++) {
      await this.#clock.sleep(readBacks.apartMs);
      try {
        const deployment = await readDeployment(this.#api, write.intent);
        if (deployment.metadata?.uid === write.intent.uid && write.isApplied(deployment))
          return applied(deployment);
        seen = deployment;
      } catch (thrown) {
        if (!(thrown instanceof ApiError)) throw thrown;
        last = thrown;
        seen = undefined; // What was seen before may be so no longer.
      }
    }
    if (seen === undefined)
      return { kind: 'unknown', message: `No answer came, and the cluster cannot be read: ${last.message}` };
    if (isChangedSince(write.intent, seen)) return { kind: 'unknown', message: changedWords };
    const seconds = (readBacks.times * readBacks.apartMs) / 1000;
    return {
      kind: 'notApplied',
      message: `${unanswered.message} The cluster shows no change ${seconds} s later.`,
    };
  }
}

const changedWords =
  'No answer came, and the deployment was changed since the preview: by this and then by something else, or by something else alone.';

/**
 * Whether the Deployment is not any more what the write was made for: then the write may have come through before, and what it
 * did is changed already. False where the intent does not tell what it was made for.
 */
export function isChangedSince({ uid, generation }: WriteIntent, { metadata }: DeploymentJson): boolean {
  return generation !== undefined && metadata?.uid === uid && metadata.generation !== generation;
}

function applied(deployment: DeploymentJson): WriteOutcome {
  return { kind: 'applied', generation: deployment.metadata?.generation ?? 0 };
}

/**
 * What the API server's refusal means. It answers a patch that does not fit the object, a failed `test` among them,
 * with 422 and a sentence that names neither. The patch was made for the object as it was read: it fits, unless that
 * has changed. Source: apiserver, endpoints/handlers/patch.go (applyJSPatch).
 */
export function refusal(error: ApiError): string {
  if (error.reason === 'invalid' && /test failed|error in our request/i.test(error.message))
    return 'The deployment was changed by somebody else after the preview, so nothing was written.';
  if (error.reason === 'notFound') return 'The deployment has been deleted, so nothing was written.';
  return error.message;
}
