import type { HostMessage, WebviewMessage } from '../../../src/shared/messages.ts';
import { LINES, linesMessage, manyLines, SAMPLE_LOG, SOURCES, statusMessage } from './sample-log.ts';
import type { SampleName } from './samples.ts';
import { SAMPLES } from './samples.ts';

/** The host's part, played in the page itself: it keeps what was posted and sends what it is told to. */
const posted: WebviewMessage[] = [];
const STATE_KEY = 'webview-state';

const send = (message: HostMessage): void => window.postMessage(message, '*');

interface Credit {
  given: number;
  waiting: (() => void) | undefined;
}
const credit: Credit = { given: 0, waiting: undefined };

function receive(message: WebviewMessage): void {
  posted.push(message);
  if (message.type === 'ready') greet();
  if (message.type !== 'logs.credit') return;
  credit.given += message.lines;
  credit.waiting?.();
}

function greet(): void {
  const query = new URLSearchParams(location.search);
  show(query.get('sample') ?? 'rollback');
  const log = query.get('log') ?? 'sample';
  if (log === 'sample') SAMPLE_LOG.forEach(send);
  if (log === 'empty') send(statusMessage({ received: 0 }));
  if (log === 'waiting') {
    send(
      statusMessage({
        received: 0,
        streams: 0,
        state: 'waiting',
        message: 'No pod runs yet: ImagePullBackOff',
      }),
    );
  }
  if (query.get('page') === 'logs') showAreas(query.has('split'));
  if (query.has('tab')) send({ type: 'focus', area: 'logs' });
  if (log === 'stale') {
    SAMPLE_LOG.forEach(send);
    send(statusMessage({ state: 'stale', dropped: 1204, message: 'connection refused' }));
  }
}

/** Plays the Logs editor's host: one area, or what was before and after the rollback. */
function showAreas(split: boolean): void {
  if (!split) return send({ type: 'areas', titles: ['veza-backend-api'], panel: 'preview' });
  send({
    type: 'areas',
    titles: ['Before: revision 8', 'After: revision 7 (now 9)'],
    panel: 'preview',
  });
  const parts = [LINES.slice(0, 3), LINES.slice(3)];
  const scopes = ['Revision 8, captured', 'Revision 9'];
  parts.forEach((lines, area) => {
    send({ type: 'logs.reset', area });
    send({
      type: 'logs.sources',
      from: 0,
      sources: SOURCES.map((source) => (area === 0 ? { ...source, captured: true } : source)),
      area,
    });
    send({ ...linesMessage(lines), area });
    const status = { scope: scopes[area] ?? '', received: lines.length };
    send(
      area === 0
        ? { ...statusMessage({ ...status, streams: 0, state: 'ended', message: 'captured' }), area }
        : { ...statusMessage(status), area },
    );
  });
}

function show(name: string): void {
  if (Object.hasOwn(SAMPLES, name)) send({ type: 'model', model: SAMPLES[name as SampleName] });
}

const BATCH = 1000;

let prepared: HostMessage[] = [];

/** Takes batches that the host's own code has encoded, as base64, to be sent by `flood` and `flow`. */
function encoded(batches: readonly string[]): void {
  prepared = batches.map((batch) => ({
    type: 'logs.lines',
    bytes: Uint8Array.from(atob(batch), (character) => character.charCodeAt(0)),
  }));
}

/** Makes the batches that `flood` sends, so that the panel's work can be measured without theirs. */
function prepare(total: number): void {
  prepared = Array.from({ length: total / BATCH }, (_, index) =>
    linesMessage(manyLines(index * BATCH, BATCH)),
  );
}

/** Sends the prepared lines as fast as credit allows; resolves when the last is drawn, with the milliseconds it took. */
async function flood(): Promise<number> {
  send({ type: 'logs.sources', from: 0, sources: SOURCES });
  const begun = performance.now();
  const owed = credit.given;
  for (const [index, batch] of prepared.entries()) {
    await credited(BATCH);
    credit.given -= BATCH;
    send(batch);
    send(statusMessage({ received: (index + 1) * BATCH }));
  }
  await credited(owed);
  return performance.now() - begun;
}

/** What the frames were like while lines came. */
interface Pace {
  readonly tookMs: number;
  /** From the beginning of one frame to that of the next. */
  readonly longestFrameMs: number;
  readonly framesOver50: number;
  readonly frames: number;
}

/** Sends the prepared lines at so many a second, as far as credit allows, and watches the frames until the last is drawn. */
async function flow(linesPerSecond: number): Promise<Pace> {
  send({ type: 'logs.sources', from: 0, sources: SOURCES });
  const begun = performance.now();
  const gaps: number[] = [];
  let last = begun;
  let watching = true;
  const watch = (now: number): void => {
    gaps.push(now - last);
    last = now;
    if (watching) requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
  const owed = credit.given;
  for (const [index, batch] of prepared.entries()) {
    const dueMs = begun + (index * BATCH * 1000) / linesPerSecond - performance.now();
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
    await credited(BATCH);
    credit.given -= BATCH;
    send(batch);
    send(statusMessage({ received: (index + 1) * BATCH }));
  }
  await credited(owed);
  const tookMs = performance.now() - begun;
  watching = false;
  const frames = gaps.slice(1);
  return {
    tookMs,
    longestFrameMs: Math.max(...frames),
    framesOver50: frames.filter((gap) => gap > 50).length,
    frames: frames.length,
  };
}

async function credited(lines: number): Promise<void> {
  while (credit.given < lines) await new Promise<void>((resolve) => (credit.waiting = resolve));
}

const preview = {
  posted,
  send,
  show,
  prepare,
  flood,
  flow,
  encoded,
  manyLines,
  linesMessage,
  statusMessage,
  showAreas,
};
export type Preview = typeof preview;

Object.assign(window, {
  preview,
  acquireVsCodeApi: () => ({
    postMessage: receive,
    getState: () => JSON.parse(sessionStorage.getItem(STATE_KEY) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(STATE_KEY, JSON.stringify(state)),
  }),
});
