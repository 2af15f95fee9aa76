import type { ServerResponse } from 'node:http';

/** How a request is answered in place of the right answer. `rightly` gives the right one. */
export type Fault = (response: ServerResponse, rightly: () => string | undefined) => void;

/** An answer of the API server that refuses: a `Status` object. */
export function status(code: number, message: string, headers: Record<string, string> = {}): Fault {
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code });
  return answer(code, body, { 'content-type': 'application/json', ...headers });
}

/** Any answer. */
export function answer(code: number, body: string, headers: Record<string, string> = {}): Fault {
  return (response) => void response.writeHead(code, headers).end(body);
}

/** A page as login pages and proxies answer. */
export function webPage(code: number, title: string): Fault {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${'x'.repeat(5_000)}</body></html>`;
  return answer(code, body, { 'content-type': 'text/html; charset=utf-8' });
}

/** Takes the request and never answers. */
export const silence: Fault = () => undefined;

/** Ends the connection without a byte of answer, as if it had been reset. */
export const reset: Fault = (response) => void response.socket?.resetAndDestroy();

/** Answers half of the right body and ends the connection. */
export const cutOff: Fault = (response, rightly) => {
  const body = rightly() ?? '{"kind":"Status"}';
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
};

/** Answers half of the right body as if it were all. */
export const half: Fault = (response, rightly) => {
  const body = rightly() ?? '{"kind":"Status"}';
  response.writeHead(200, { 'content-type': 'application/json' }).end(body.slice(0, body.length / 2));
};

/** Carries the request out, and the answer is lost. */
export const answerLost: Fault = (response, rightly) => {
  rightly();
  response.socket?.resetAndDestroy();
};

/** The right answer with something wrong in it. */
export function corrupted(corrupt: (body: unknown) => unknown): Fault {
  return (response, rightly) =>
    void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(corrupt(JSON.parse(rightly() ?? '{}'))));
}

/** A body without end; gives how much of it was taken by `taken`. */
export function endless(): { readonly fault: Fault; taken(): number } {
  const chunk = `"${'x'.repeat(1024 * 1024)}",`;
  let sent = 0;
  const fault: Fault = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"items":[');
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      sent += chunk.length;
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  return { fault, taken: () => sent };
}
