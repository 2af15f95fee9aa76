import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificates } from '../../testbed/cluster/certificates.ts';

/** What a server sees of a request and of who sends it. */
export interface Arrival {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Common name of the client's certificate; undefined where it showed none. */
  readonly certificate: string | undefined;
  /** The name asked for in the TLS handshake; undefined for none. */
  readonly serverName: string | undefined;
}

/** A server on loopback that writes down what arrives. */
export interface ArrivalServer {
  readonly port: number;
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  close(): Promise<void>;
}

type Answer = (arrival: Arrival, response: ServerResponse) => void;

const ok: Answer = (_arrival, response) => void response.end('{"major":"1"}');

/** Over TLS with the authority's server certificate; asks for a client certificate, as an API server does. */
export function tlsLoopback({ server, authority }: Certificates, answer = ok): Promise<ArrivalServer> {
  return listen('https', answer, (listener) =>
    createTlsServer(
      { cert: server.cert, key: server.key, ca: authority, requestCert: true, rejectUnauthorized: false },
      listener,
    ),
  );
}

/** Over plain HTTP. */
export function plainLoopback(answer = ok): Promise<ArrivalServer> {
  return listen('http', answer, (listener) => createServer(listener));
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(
  scheme: string,
  answer: Answer,
  create: (listener: Listener) => ReturnType<typeof createServer>,
): Promise<ArrivalServer> {
  const arrivals: Arrival[] = [];
  const server = create((request, response) => {
    const { socket } = request;
    const subject: unknown =
      socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
    const name = socket instanceof TLSSocket && 'servername' in socket ? socket.servername : undefined;
    const arrival: Arrival = {
      path: request.url ?? '',
      headers: request.headers,
      certificate: typeof subject === 'string' ? subject : undefined,
      serverName: typeof name === 'string' && name !== '' ? name : undefined,
    };
    arrivals.push(arrival);
    answer(arrival, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    arrivals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
