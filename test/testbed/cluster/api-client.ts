import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { KeyPair } from './certificates.ts';

/** An answer of the API server, whatever its status. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/** The test bed's own line to the API server, as a user of its own so that audits can tell it from others. */
export interface ApiClient {
  /** One request with a JSON body, which is a merge patch where the method is PATCH. Rejects only when no answer came. */
  request(method: string, path: string, body?: object): Promise<ApiAnswer>;
  /** A GET whose answer is read as it comes. Rejects unless the status is 200. */
  stream(path: string, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

export function apiClient(server: string, authority: string, identity: KeyPair): ApiClient {
  const agent = new Agent({ keepAlive: true, ca: authority, cert: identity.cert, key: identity.key });
  const send = (
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const headers = { 'content-type': type, accept: 'application/json' };
      const options = { method, agent, headers, ...(signal === undefined ? {} : { signal }) };
      const sent = request(new URL(path, server), options, resolve);
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    async request(method, path, body) {
      const answer = await send(method, path, body);
      return { status: answer.statusCode ?? 0, body: await text(answer) };
    },
    async stream(path, signal) {
      const answer = await send('GET', path, undefined, signal);
      if (answer.statusCode === 200) return answer;
      throw new Error(`GET ${path} answered ${answer.statusCode}: ${await text(answer)}`);
    },
    close() {
      agent.destroy();
    },
  };
}

async function text(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
