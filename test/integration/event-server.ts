import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { HostEvent } from './host-event.ts';

/** A loopback address that takes the events of tests which run in another process. */
export interface EventServer {
  readonly address: string;
  /** Settles when the tests ended or broke, or when nothing was heard for `silenceMs`: that comes as `broken`. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Longer than any one test may take. */
const silenceMs = 90_000;

/** Starts to listen on a port of its own and hands each event to `take` in the order of its sending. */
export async function startEventServer(take: (event: HostEvent) => void): Promise<EventServer> {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const finish = (event: HostEvent): void => {
    clearTimeout(silence);
    take(event);
    end();
  };
  const silent = (): void => {
    finish({ kind: 'broken', error: `Nothing was heard from the extension host for ${silenceMs / 1000} s.` });
  };
  let silence = setTimeout(silent, silenceMs);
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const event = body as HostEvent; // Both ends are ours, built from the same type.
      clearTimeout(silence);
      silence = setTimeout(silent, silenceMs);
      if (event.kind === 'end' || event.kind === 'broken') finish(event);
      else take(event);
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    ended,
    close() {
      clearTimeout(silence);
      server.close();
      server.closeAllConnections();
    },
  };
}
