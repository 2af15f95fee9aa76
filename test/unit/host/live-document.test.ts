import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { LiveDocument } from '../../../src/host/documents/live-document.ts';
import type { LiveSource } from '../../../src/host/documents/live-source.ts';
import { type Page, page } from '../../../src/views/documents/page.ts';
import { VirtualClock } from '../virtual-clock.ts';

/** A source that a test speaks for. */
class Script implements LiveSource {
  readonly title = 'Events of web';
  readonly calls: { show(text: string): void; fail(error: unknown): void; readonly signal: AbortSignal }[] =
    [];

  follow(show: (page: Page) => void, signal: AbortSignal): Promise<void> {
    return new Promise((_resolve, reject) => {
      this.calls.push({ show: (text) => show(page([[text]])), fail: reject, signal });
    });
  }

  get last() {
    const call = this.calls.at(-1);
    assert.ok(call, 'the source was asked');
    return call;
  }

  get asking(): boolean {
    return this.calls.some(({ signal }) => !signal.aborted);
  }
}

describe('a live document', () => {
  let clock: VirtualClock;
  let source: Script;
  let document: LiveDocument;
  let told: number;
  beforeEach(() => {
    clock = new VirtualClock();
    source = new Script();
    told = 0;
    document = new LiveDocument(source, clock, () => (told += 1));
  });

  it('says that it asks, and then what it was told', () => {
    document.setVisible(true);
    assert.match(document.page.text, /^Events of web\n◌ Asking/);
    source.last.show('one');
    source.last.show('two');
    assert.equal(document.page.text, 'two\n');
    assert.equal(told, 2);
  });

  it('asks nothing while it is hidden, keeps its text, and asks again when it is shown', () => {
    document.setVisible(true);
    source.last.show('one');
    document.setVisible(false);
    assert.equal(source.asking, false);
    source.last.show('late');
    assert.equal(document.page.text, 'one\n');
    document.setVisible(true);
    assert.equal(source.calls.length, 2);
    document.setVisible(true);
    assert.equal(source.calls.length, 2, 'once, however often it is said');
  });

  it('fetches its first page also where it is not known to be shown, and then rests', () => {
    document.start();
    document.setVisible(false);
    assert.equal(source.asking, true);
    source.last.show('one');
    assert.equal(source.asking, false);
    assert.equal(document.page.text, 'one\n');
  });

  it('says what went wrong and what to do, and asks again by itself', async () => {
    document.setVisible(true);
    source.last.fail(new ApiError('forbidden', 'User "jane" cannot get resource "pods".'));
    await clock.advance(0);
    assert.match(document.page.text, /✗ User "jane" cannot get resource "pods"\.\nAsk for /);
    await clock.advance(10_000);
    source.last.show('one');
    assert.equal(document.page.text, 'one\n');
  });

  it('keeps what it had when asking fails, and says since when that is so', async () => {
    document.setVisible(true);
    source.last.show('one');
    source.last.fail(new ApiError('unreachable', 'No route.'));
    await clock.advance(0);
    const first = document.page.text;
    assert.match(first, /^⚠ Not up to date since .+: No route\. .+\n\none\n$/);
    await clock.advance(10_000);
    source.last.fail(new ApiError('unreachable', 'No route.'));
    await clock.advance(0);
    assert.equal(document.page.text, first);
  });

  it('opens a closed connection again at once', async () => {
    document.setVisible(true);
    source.last.fail(new ApiError('aborted', 'The connection was closed.'));
    await clock.advance(0);
    assert.equal(source.calls.length, 2);
    assert.doesNotMatch(document.page.text, /closed/);
  });

  it('asks nothing again once it is hidden or closed', async () => {
    document.setVisible(true);
    source.last.fail(new Error('broken'));
    await clock.advance(0);
    document.setVisible(false);
    await clock.advance(60_000);
    assert.equal(source.calls.length, 1);
    document.setVisible(true);
    document.dispose();
    await clock.advance(60_000);
    assert.equal(source.asking, false);
    assert.equal(clock.waiting, 0);
  });
});
