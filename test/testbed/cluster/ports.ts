import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { isSystemError } from '../cache.ts';

/** Below what systems hand out for outgoing connections (32768 on Linux), so that none of those takes a port first. */
const [LOWEST, HIGHEST] = [20_000, 32_000] as const;

/** So many different loopback ports on which nobody listens. They are not held: use them at once. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (isSystemError(error, 'EADDRINUSE') || isSystemError(error, 'EACCES')) resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
