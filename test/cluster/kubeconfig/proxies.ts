import { createServer, type IncomingMessage, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificates } from '../../testbed/cluster/certificates.ts';

/** A proxy on loopback. Whatever host it is asked for, it connects to loopback, so that names need not resolve. */
export interface TestProxy {
  readonly port: number;
  /** What it was asked for so far, and with which login. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** An HTTP proxy, over TLS where there are certificates for it. */
export async function httpProxy(certificates?: Certificates): Promise<TestProxy> {
  const asked: string[] = [];
  const note = (what: string, { headers }: IncomingMessage): void => {
    asked.push(`${what} ${headers['proxy-authorization'] ?? 'without a login'}`);
  };
  const server =
    certificates === undefined
      ? createServer()
      : createTlsServer({ cert: certificates.server.cert, key: certificates.server.key });
  server.on('connect', (asking: IncomingMessage, client: Duplex, head: Buffer) => {
    note(`CONNECT ${asking.url ?? ''}`, asking);
    const upstream = connect(Number(asking.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      join(client, upstream);
    });
    upstream.on('error', () => client.destroy());
  });
  server.on('request', (asking, answer) => {
    const { port, pathname, search } = new URL(asking.url ?? '');
    note(`GET ${pathname}`, asking);
    const { headers } = asking;
    const forward = request({ host: '127.0.0.1', port, path: `${pathname}${search}`, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    forward.on('error', () => answer.destroy());
    forward.end();
  });
  return listening(server, asked);
}

/** A SOCKS5 proxy without a login. Source: RFC 1928. */
export async function socksProxy(): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createTcpServer((client) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (wanted: Buffer) => {
        const [, , , kind = 0, length = 0] = wanted;
        const host =
          kind === 3 ? wanted.subarray(5, 5 + length).toString() : [...wanted.subarray(4, 8)].join('.');
        const port = wanted.readUInt16BE(wanted.length - 2);
        asked.push(`SOCKS5 ${host}:${port}`);
        const upstream = connect(port, '127.0.0.1', () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          join(client, upstream);
        });
        upstream.on('error', () => client.destroy());
      });
    });
    client.on('error', () => client.destroy());
  });
  return listening(server, asked);
}

function join(one: Duplex, other: Duplex): void {
  one.on('error', () => other.destroy());
  other.on('error', () => one.destroy());
  one.pipe(other).pipe(one);
}

async function listening(server: Server, asked: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    port,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
