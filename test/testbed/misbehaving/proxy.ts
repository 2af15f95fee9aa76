import { createServer, type Server } from 'node:http';

/** An HTTP proxy that makes no tunnel: it answers every CONNECT with this status. */
export async function startRefusingProxy(status: number): Promise<{ url: string; close(): void }> {
  const server = createServer().on('connect', (_request, socket) => {
    socket.on('error', () => undefined); // The client hangs up on a refusal.
    socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, close: () => server.close() };
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port');
  return address.port;
}
