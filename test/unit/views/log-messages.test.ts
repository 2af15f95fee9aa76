import assert from 'node:assert/strict';

import type { LogLine, LogSource } from '../../../src/domain/logs/line.ts';
import {
  captureMark,
  encodeLogLines,
  logSourceModels,
  logStatusModel,
  recordedStatus,
} from '../../../src/views/log-messages.ts';

const source: LogSource = {
  podUid: 'uid',
  namespace: 'shop',
  pod: 'web-7d9f8-x2k9q',
  container: 'app',
  revision: 8,
  previous: false,
};

describe('log messages to the panel', () => {
  it('name a source by revision and the end of its pod, with the container where there are several', () => {
    const models = logSourceModels(
      [
        { source, containers: 1 },
        { source: { ...source, container: 'proxy', previous: true }, containers: 2 },
        { source: { ...source, revision: undefined }, containers: 1 },
      ],
      4,
    );
    assert.deepEqual(models, [
      {
        label: '8·x2k9q',
        title: 'Container app of pod web-7d9f8-x2k9q of revision 8',
        colour: 4,
        log: 'uid/app',
      },
      {
        label: '8·x2k9q proxy',
        title: 'Container proxy of pod web-7d9f8-x2k9q of revision 8, previous run',
        colour: 0,
        log: 'uid/proxy',
      },
      { label: 'x2k9q', title: 'Container app of pod web-7d9f8-x2k9q', colour: 1, log: 'uid/app' },
    ]);
  });

  it('carry lines as bytes, each with the index of its source', () => {
    const at = '2026-01-01T00:00:00.000000000Z';
    const line: LogLine = { source, at, text: 'żółć', level: undefined };
    const bytes = encodeLogLines([line, { ...line, level: 'error' }], () => 3);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes)), [
      [3, at, null, 'żółć'],
      [3, at, 'error', 'żółć'],
    ]);
    assert.throws(() => encodeLogLines([line], () => undefined), RangeError);
  });

  it('say the status with its scope, and no message where there is none', () => {
    const status = {
      streams: 1,
      received: 2,
      dropped: 0,
      state: 'live',
      since: 'x',
      message: undefined,
    } as const;
    assert.deepEqual(logStatusModel(status, 'All pods', false), {
      scope: 'All pods',
      streams: 1,
      received: 2,
      dropped: 0,
      state: 'live',
      since: 'x',
      previous: false,
    });
  });

  it('say what of it was captured, and that nothing is followed in a run that is only looked at', () => {
    const status = {
      streams: 0,
      received: 0,
      dropped: 0,
      state: 'waiting',
      since: 'x',
      message: 'y',
    } as const;
    const summary = {
      capturedAt: '2026-01-01T00:00:00.000Z',
      sources: [{ lines: 5000 }, { lines: 1 }],
      cut: { lines: 40 },
    };
    const model = logStatusModel(status, 'Revision 8', false, {
      count: 5001,
      cutLines: 40,
      notice: 'n',
      summary,
    });
    assert.deepEqual(model.captured, {
      at: '2026-01-01T00:00:00.000Z',
      lines: 5001,
      cutLines: 40,
      notice: 'n',
    });
    assert.deepEqual(captureMark(summary), {
      at: '2026-01-01T00:00:00.000Z',
      text: '5,001 lines of 2 container logs captured, 40 older ones cut',
      tone: 'ok',
    });
    assert.equal(model.message, 'y What was captured is shown.');
    assert.equal(
      logSourceModels([{ source, containers: 1, captured: true }], 0)[0]?.label,
      '8·x2k9q captured',
    );
    const recorded = recordedStatus(model, 'then', true);
    assert.equal(recorded.state, 'ended');
    assert.equal(recorded.since, 'then');
    assert.match(recorded.message ?? '', /^What was captured in this run/);
    assert.match(
      recordedStatus(logStatusModel(status, 'All pods', false), 'then', false).message ?? '',
      /^No logs were captured in this run/,
    );
    assert.match(
      recordedStatus(logStatusModel(status, 'Revision 9', false), 'then', true).message ?? '',
      /^Nothing was kept of Revision 9 in this run: only the failing revision’s lines are captured/,
    );
    assert.match(
      recordedStatus(logStatusModel(status, 'Revision 8', true), 'then', true).message ?? '',
      /^Of Revision 8, no container’s last run was captured/,
    );
  });
});
