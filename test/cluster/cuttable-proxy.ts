import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server whose connections a test can cut, as a network does. */
export interface CuttableProxy {
  /** `https://127.0.0.1:port`. */
  readonly server: string;
  /** Cuts every connection; gives how many there were. */
  cut(): number;
  /** From now on no byte comes through, on any connection, and none is closed: as on a network that has gone. */
  freeze(): void;
  /** New connections are well again; what was frozen stays dead. */
  thaw(): void;
  close(): Promise<void>;
}

/** Passes bytes on to `https://127.0.0.1:port`, TLS and all. */
export async function cuttableProxy(target: string): Promise<CuttableProxy> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  let frozen = false;
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
      if (!frozen) socket.pipe(other);
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
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    thaw() {
      frozen = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
