import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sgrEscape } from '../../../../src/domain/logs/ansi.ts';
import { suspicious } from '../../../../src/domain/logs/visible.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { incidentReport, type ReportPart } from '../../../../src/views/report/incident-report.ts';
import type { ReportInput } from '../../../../src/views/report/report-input.ts';
import { hostilePiece } from '../../domain/logs/hostile.ts';
import { inputOf } from './report-inputs.ts';
import { wholeRun } from './whole-run.ts';

const parts: readonly ReportPart[] = ['report', 'stakeholders', 'postMortem'];

/** What says what an event is, and when: our own words. */
const ownFields = new Set([
  'kind',
  'at',
  'since',
  'step',
  'item',
  'task',
  'state',
  'tone',
  'capturedAt',
  'level',
]);

/** The value with each text in it that a cluster or a person writes replaced. */
function withTexts(value: unknown, text: string, field = ''): unknown {
  if (typeof value === 'string') return ownFields.has(field) ? value : text;
  if (Array.isArray(value)) return value.map((each) => withTexts(each, text, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, text, key)]));
}

/** As logs are read: a line of a log has no line ends. */
function capturedOf(text: string): ReportInput['captured'] {
  const { captured } = inputOf([]);
  if (captured === undefined) return undefined;
  const [first] = captured.errors;
  const errors = text.split('\n').flatMap((each) => (first === undefined ? [] : [{ ...first, text: each }]));
  return { ...captured, errors };
}

function reportOf(text: string, part: ReportPart): string {
  return incidentReport(
    inputOf(withTexts(wholeRun, text) as RunEvent[], {
      captured: capturedOf(text),
    }),
    part,
  );
}

/**
 * A document's markup, a line each: without fenced code, code spans and escaped characters, and of what is left only what can
 * be markup. Throws where a fence is not closed.
 */
function markup(document: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of document.split('\n')) {
    const [run] = /^`{3,}/.exec(line) ?? [];
    if (fence !== undefined) {
      if (run !== undefined && run.length >= fence.length && line === run) fence = undefined;
      continue;
    }
    if (run !== undefined) {
      fence = run;
      lines.push('fence');
      continue;
    }
    const bare = line.startsWith('<svg')
      ? line
      : line.replaceAll(/\\[!-/:-@[-`{-~]|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'x');
    const [start = ''] = /^ *(?:(?:[-+*]|\d+[.)]) (?:\[[ x]\] )?|#+ |>|[=-]+ *$|\t| {4})/.exec(bare) ?? [];
    const address = /:\/\/|www\.|mailto:/i.exec(bare.replace('http://www.w3.org/2000/svg', ''))?.[0] ?? '';
    lines.push(start + bare.replaceAll(/[^\\`*_[\]{}<>|~#$&^@]/g, '') + address);
  }
  assert.equal(fence, undefined, 'a fence is not closed');
  return lines;
}

const markdownPiece = fc.constantFrom(
  ...[
    '`',
    '``',
    '```',
    '````\n',
    '~~~',
    '\n',
    '\r\n',
    '\n\n',
    '# ',
    '- ',
    '1. ',
    '> ',
    '---',
    '===',
    '| ',
    '|',
    '\\',
    '\\|',
    '\\`',
  ],
  ...[
    '**',
    '_',
    '~~',
    '[a](http://b)',
    '![a](b)',
    '[x]',
    '<b>',
    '</div>',
    '<script>',
    '<!--',
    '&lt;',
    '&#60;',
    '$x$',
    '$$',
  ],
  ...[
    'http://e.vil',
    'www.e.vil',
    'e.vil',
    'a@e.vil',
    ':smile:',
    '^[a]',
    '{x}',
    '=x',
    '+',
    '\t',
    '    ',
    '</svg>',
    '@@ -1 +1 @@',
  ],
);
const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: markdownPiece }, hostilePiece, fc.string({ maxLength: 6 })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''))
  // Where there is no text at all, other words stand.
  .filter((written) => /[^\s\p{C}]/u.test(written.replaceAll(sgrEscape, '')));

describe('a report of a run in which everything is written by an enemy', () => {
  for (const part of parts) {
    const plain = markup(reportOf('x', part));

    it(`has the markup of a harmless one: ${part}`, () => {
      fc.assert(
        fc.property(text, (written) => assert.deepEqual(markup(reportOf(written, part)), plain)),
        { numRuns: 150 },
      );
    });

    it(`shows nothing that cannot be seen: ${part}`, () => {
      fc.assert(
        fc.property(text, (written) => {
          for (const line of reportOf(written, part).split('\n'))
            assert.ok(!suspicious.test(line.replaceAll('\t', ' ')), JSON.stringify(line));
        }),
        { numRuns: 100 },
      );
    });
  }

  it('gives no secret away, wherever it stands', () => {
    const secret = fc
      .array(fc.constantFrom(...'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789'.split('')), {
        minLength: 12,
        maxLength: 24,
      })
      .map((characters) => `Q7${characters.join('')}z`);
    const leak = secret.chain((value) =>
      fc
        .constantFrom(
          `DB_PASSWORD=${value}`,
          `{"apiKey":"${value}"}`,
          `--token ${value}`,
          `postgres://jane:${value}@db:5432/shop`,
          `Authorization: Bearer ${value}`,
          `see https://host/?access_token=${value}&x=1`,
          `-----BEGIN PRIVATE KEY-----\n${value}\n-----END PRIVATE KEY-----`,
          `ghp_${value.padEnd(24, '0')}`,
          `apiVersion: v1\ndata:\n  a: ${value}\nkind: Secret\n`,
        )
        .map((written) => ({ value, written })),
    );
    fc.assert(
      fc.property(leak, fc.constantFrom(...parts), ({ value, written }, part) => {
        assert.ok(!reportOf(written, part).includes(value), written);
      }),
      { numRuns: 150 },
    );
  });

  it('is made in time that grows with the run alone', () => {
    const begun = performance.now();
    reportOf('`|\\<*_[:.'.repeat(2_000), 'report');
    assert.ok(performance.now() - begun < 3_000, `${performance.now() - begun} ms`);
  });
});
