import { type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, request } from 'node:https';
import type { KeyPair } from '../certificates.ts';
import { logRequest, writeLog } from './log-request.ts';
import type { PodLogStore } from './pod-logs.ts';

export interface KubeletOptions {
  readonly port: number;
  readonly identity: KeyPair;
  readonly authority: string;
  readonly logs: PodLogStore;
  /** kwok, which measures what containers use. */
  readonly metricsPort: number;
}

export interface Kubelet {
  stop(): Promise<void>;
}

/**
 * The address that all nodes give for their kubelet. It answers what the API server asks a kubelet for logs, with the
 * kubelet's own rules and words (kwok follows a log past its container's end and gives a previous one to everybody),
 * and hands metrics on to kwok. It runs no commands.
 */
export async function startKubelet(options: KubeletOptions): Promise<Kubelet> {
  const server = createServer(
    { cert: options.identity.cert, key: options.identity.key },
    (asked, response) => {
      const url = new URL(asked.url ?? '/', 'https://kubelet');
      const [, what, ...path] = url.pathname.split('/').map(decodeURIComponent);
      if (what === 'containerLogs') answerLogs(options.logs, path, url.searchParams, response);
      else if (what === 'metrics') passOn(options, asked, response);
      else refuse(response, 501, `the test bed's nodes do not offer ${what ?? 'this'}`);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerLogs(
  logs: PodLogStore,
  [namespace = '', pod = '', container = '']: readonly string[],
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const asked = logRequest(query, Date.now());
  const found = logs.find(namespace, pod, container, asked.previous);
  if ('log' in found) writeLog(found.log, asked, response);
  else refuse(response, found.status, found.problem);
}

function passOn(options: KubeletOptions, asked: IncomingMessage, response: ServerResponse): void {
  const { metricsPort: port, authority: ca } = options;
  const onward = request({ host: '127.0.0.1', port, path: asked.url, ca }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', (error) => refuse(response, 502, error.message));
  onward.end();
}

function refuse(response: ServerResponse, status: number, problem: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(problem);
}
