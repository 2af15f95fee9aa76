/** Reading from one API server. Everything but the write gateway works with this and cannot write. */
export interface ApiServer {
  /** Base address, as in the kubeconfig. */
  readonly server: string;
  /** One small request; the body as text. Throws ApiError; `timeoutMs` is 10 000 by default. */
  get(path: string, query?: Query, options?: RequestOptions): Promise<string>;
  /** An open response on its own set of connections: no time limit. Throws ApiError. */
  stream(path: string, query?: Query, options?: { signal?: AbortSignal }): Promise<AsyncIterable<Uint8Array>>;
  dispose(): void;
}

/** Writing: handed to the gateway (`writes.ts`) and the access reviews (`permissions.ts`), to nothing else. */
export interface ApiWriter {
  /** Sends a body. Throws ApiError: with 'timedOut' or 'unreachable' the outcome is unknown. */
  send(request: WriteRequest, options?: RequestOptions): Promise<string>;
}

export type Query = Readonly<Record<string, string>>;

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole answer must be there. */
  readonly timeoutMs?: number;
  /** Of a read: the form of the answer, JSON by default. */
  readonly accept?: string;
}

export interface WriteRequest {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Query;
  readonly contentType: 'application/json' | 'application/json-patch+json';
  /** JSON text. */
  readonly body: string;
}
