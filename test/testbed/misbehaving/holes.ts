import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address on loopback that leads nowhere. */
export interface Hole {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes connections and says `greeting` to each, or nothing for ever. */
export async function startMute(greeting = ''): Promise<Hole> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // The client gives up on it.
    socket.resume();
    if (greeting !== '') socket.write(greeting);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const listenOnly = `require('node:net').createServer().listen(0, '127.0.0.1', 1, function () {
  process.stdout.write(String(this.address().port));
});`;

/**
 * Never takes a connection: a process that is stopped, with its queue full, so that the kernel drops what comes, as a
 * firewall does. Linux.
 */
export async function startBlackHole(): Promise<Hole> {
  const child: ChildProcess = spawn(process.execPath, ['-e', listenOnly], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error('its output is a pipe');
  const [said]: unknown[] = await once(child.stdout, 'data');
  const port = Number(String(said));
  child.kill('SIGSTOP');
  const filling: Socket[] = [];
  // Connections are made until one is not: then the queue is full.
  for (let made = true; made;) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    filling.push(socket);
    made = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 300)),
    ]);
  }
  return {
    port,
    async close() {
      for (const socket of filling) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
