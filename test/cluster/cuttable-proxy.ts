import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server whose connections a test can cut, as a network does. */
export interface CuttableProxy {
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** Cuts every connection; gives how many there were. */
  cut(): number;
  close(): Promise<void>;
}

/** Passes bytes on to `https://127.0.0.1:port`, TLS and all. */
export async function cuttableProxy(target: string): Promise<CuttableProxy> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // A cut on one side is a cut on the other; 'close' follows every error.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  const cut = (): number => {
    const count = sockets.size / 2;
    for (const socket of sockets) socket.destroy();
    return count;
  };
  return {
    server: `https://127.0.0.1:${address.port}`,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
