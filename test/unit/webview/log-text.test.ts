import assert from 'node:assert/strict';
import { copyText, textPieces } from '../../../src/webview/log/copy-text.ts';
import type { LogEntry } from '../../../src/webview/log/entry.ts';
import { textAfterLevel } from '../../../src/webview/log/level-column.ts';
import type { LogHolding } from '../../../src/webview/log/log-words.ts';
import { emptyWords, holdingWords, livenessWords } from '../../../src/webview/log/log-words.ts';
import { parseBatch } from '../../../src/webview/log/parse-batch.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const status = {
  scope: 'All pods',
  streams: 3,
  received: 1217,
  dropped: 0,
  previous: false,
  state: 'live',
  since: new Date(2026, 4, 9, 3, 0, 49).toISOString(),
} as const;
const holding: LogHolding = {
  kept: 1217,
  gone: 0,
  shown: 1217,
  filtering: false,
  unreadable: 0,
  lastAt: undefined,
};

describe('parseBatch', () => {
  it('reads tuples and counts what is none', () => {
    const { lines, unreadable } = parseBatch(
      encode([[0, 't', 'warn', 'x'], [1, 't', 'loud', 'y'], 7, [0, 't', null]]),
    );
    assert.deepEqual(
      lines.map(({ source, level, text }) => [source, level, text]),
      [
        [0, 'warn', 'x'],
        [1, undefined, 'y'],
      ],
    );
    assert.equal(unreadable, 2);
  });
  it('counts bytes that are no JSON, or no list, as one', () => {
    assert.deepEqual(parseBatch(new Uint8Array([1, 2])), { lines: [], unreadable: 1 });
    assert.deepEqual(parseBatch(encode({})), { lines: [], unreadable: 1 });
  });
});

describe('textAfterLevel', () => {
  it('leaves out the word that the level column says', () => {
    assert.equal(textAfterLevel('INFO  listening', 'info'), 'listening');
    assert.equal(textAfterLevel('[warning]: slow', 'warn'), 'slow');
    assert.equal(textAfterLevel('\u001b[32mINFO\u001b[0m listening', 'info'), 'listening');
  });
  it('leaves every other text as it is', () => {
    assert.equal(textAfterLevel('information', 'info'), 'information');
    assert.equal(textAfterLevel('INFO x', 'error'), 'INFO x');
    assert.equal(textAfterLevel('INFO x', undefined), 'INFO x');
  });
});

describe('the words of the log', () => {
  it('tell streams, lines and what was dropped', () => {
    assert.equal(holdingWords(status, holding), '3 streams · 1,217 lines · none dropped');
    assert.equal(
      holdingWords(
        { ...status, received: 250_000, dropped: 12 },
        { ...holding, kept: 200_000, gone: 50_000, shown: 3, filtering: true },
      ),
      '3 streams · 250,000 lines, the last 200,000 kept · 12 dropped · 3 shown',
    );
  });
  it('say what was captured of pods that are gone, and what was cut of it', () => {
    const at = new Date(2026, 4, 9, 2, 41, 7).toISOString();
    const captured = { at, lines: 5000, cutLines: 40, notice: 'n' };
    assert.equal(
      holdingWords({ ...status, captured }, holding),
      '3 streams · 1,217 lines · none dropped · 5,000 captured at 02:41:07, 40 older cut',
    );
  });
  it('tell since when the log is stale, and why', () => {
    assert.equal(
      livenessWords({ ...status, state: 'stale', message: 'connection refused' }, undefined),
      'stale since 03:00:49: connection refused',
    );
  });
  it('say why nothing is there', () => {
    const none = { ...holding, kept: 0, shown: 0 };
    assert.equal(emptyWords(status, holding), undefined);
    assert.equal(
      emptyWords({ ...status, state: 'waiting', message: 'ImagePullBackOff' }, none),
      'ImagePullBackOff',
    );
    assert.equal(emptyWords(status, { ...holding, shown: 0 }), 'No line passes the filter.');
  });
});

describe('copyText', () => {
  const shown: LogEntry[] = [
    { kind: 'line', at: 't1', source: 0, level: undefined, text: '\u001b[31mred\u001b[0m', columns: 3 },
    { kind: 'mark', at: 't2', text: 'rolled back', tone: 'ok' },
  ];
  const source = () => ({ label: '8·x2k9q', title: '', colour: 0, log: 'x2k9q/app' });

  it('is plain text with time and pod', () => {
    assert.equal(copyText(shown, { stamps: true, source }), 't1\t8·x2k9q\tred\nt2\t#\trolled back');
  });
  it('has no times where they are not wanted, and only the lines asked for', () => {
    assert.equal(copyText(shown, { stamps: false, source }, { from: 0, end: 1 }), '8·x2k9q\tred');
  });
  it('comes in pieces that together are every line', () => {
    const many = Array.from({ length: 50 }, () => shown).flat();
    const form = { stamps: true, source };
    const pieces = [...textPieces(many, form, 100)];
    assert.ok(pieces.length > 10);
    assert.equal(pieces.join(''), `${copyText(many, form)}\n`);
  });
  it('leaves out the oldest where there is too much, and says so', () => {
    assert.equal(
      copyText(shown, { stamps: true, source }, { most: 50 }),
      '# Older lines are left out.\nt2\t#\trolled back',
    );
  });
});
