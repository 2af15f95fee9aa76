import { ApiError } from '../errors/api-error.ts';
import type { ApiWriter, RequestOptions, WriteRequest } from '../api-server.ts';
import { accessReviewPath } from '../permissions.ts';

/** While its context is read-only it sends nothing but access reviews: no write, and no dry run of one, whatever asks. */
export class GuardedWriter implements ApiWriter {
  readonly #writer: ApiWriter;
  readonly #isReadOnly: () => boolean;

  /** `isReadOnly` is asked at each request: a setting that is changed counts at once. */
  constructor(writer: ApiWriter, isReadOnly: () => boolean) {
    this.#writer = writer;
    this.#isReadOnly = isReadOnly;
  }

  /** Throws ApiError 'readOnly' where nothing may be sent. */
  async send(request: WriteRequest, options?: RequestOptions): Promise<string> {
    if (request.path !== accessReviewPath && this.#isReadOnly())
      throw new ApiError('readOnly', 'This context is read-only, so nothing was sent.');
    return this.#writer.send(request, options);
  }
}
