import assert from 'node:assert/strict';
import type { Amount, PodUsage } from '../../../../src/domain/usage/pod-usage.ts';
import { podsShown, type TopInput, topPage } from '../../../../src/views/documents/top-page.ts';
import type { Page } from '../../../../src/views/documents/page.ts';

const now = Date.parse('2026-01-01T10:00:30Z');

function cpu(used?: number, request?: number, limit?: number): Amount {
  const amount = (milli: number | undefined) =>
    milli === undefined ? undefined : BigInt(milli) * 1_000_000n;
  return { used: amount(used), request: amount(request), limit: amount(limit) };
}

function memory(used?: number, request?: number, limit?: number): Amount {
  const amount = (mebi: number | undefined) =>
    mebi === undefined ? undefined : BigInt(mebi) * 1024n * 1024n * 1_000_000_000n;
  return { used: amount(used), request: amount(request), limit: amount(limit) };
}

function pod(name: string, changes: Partial<PodUsage> = {}): PodUsage {
  const amounts = { cpu: cpu(180, 250, 1000), memory: memory(212, 256, 512) };
  return {
    name,
    ...amounts,
    containers: [{ name: 'api', ...amounts }],
    sampledAt: '2026-01-01T10:00:21Z',
    state: 'Running',
    runningSince: '2026-01-01T09:00:00Z',
    ...changes,
  };
}

function pageOf(pods: readonly PodUsage[], changes: Partial<TopInput> = {}): Page {
  return topPage({
    subject: 'the pods of web',
    place: 'shop in prod',
    pods,
    refused: undefined,
    withoutPods: undefined,
    everySeconds: 15,
    now,
    ...changes,
  });
}

const unmeasured = { cpu: cpu(undefined, 250), memory: memory(undefined, 256), sampledAt: undefined };

describe('the table of usage', () => {
  it('holds a line for each pod, and one for each container where there are several', () => {
    const two = pod('web-2', {
      containers: [
        { name: 'api', cpu: cpu(170, 200, 900), memory: memory(480, 200, 500) },
        { name: 'proxy', cpu: cpu(10, 50, 100), memory: memory(12, 56, 12) },
      ],
    });
    const [, , , ...lines] = pageOf([pod('web-1'), two]).text.split('\n');
    assert.deepEqual(lines, [
      '',
      'POD     CONTAINER      CPU        REQUEST           LIMIT            MEMORY          REQUEST             LIMIT',
      'web-1   api           180m  72 %  of 250m  18 %  of 1000m  █░░░░░░░   212Mi   82 %  of 256Mi   41 %   of 512Mi  ███░░░░░',
      'web-2   2 containers  180m  72 %  of 250m  18 %  of 1000m  █░░░░░░░   212Mi   82 %  of 256Mi   41 %   of 512Mi  ███░░░░░',
      '        api           170m  85 %  of 200m  18 %   of 900m  ██░░░░░░   480Mi  240 %  of 200Mi   96 %   of 500Mi  ████████',
      '        proxy          10m  20 %   of 50m  10 %   of 100m  █░░░░░░░    12Mi   21 %   of 56Mi  100 %    of 12Mi  ████████',
      '2 pods                360m  72 %  of 500m  18 %  of 2000m  █░░░░░░░   424Mi   82 %  of 512Mi   41 %  of 1024Mi  ███░░░░░',
      '',
    ]);
  });

  it('marks what is near its limit', () => {
    const { text, marks } = pageOf([pod('web-1', { memory: memory(480, 256, 512), containers: [] })]);
    const lines = text.split('\n');
    const failed = marks
      .filter(({ tone }) => tone === 'failed')
      .map(({ line, from, to }) => lines[line]?.slice(from, to));
    assert.deepEqual(failed, ['480Mi', '93 %', '███████░']);
  });

  it('tells the age of the sample, and that an old one is old', () => {
    assert.match(pageOf([pod('a')]).text, /● Live · measured 9 s ago \(.+\) · asked every 15 s/);
    const older = pod('b', { sampledAt: '2026-01-01T10:00:10Z' });
    assert.match(pageOf([pod('a'), older]).text, /measured 9 s to 20 s ago/);
    assert.match(pageOf([pod('a', { sampledAt: '2026-01-01T09:50:00Z' })]).text, /⚠ Old sample/);
  });

  it('says of a pod without metrics whether it is too young or does not run', () => {
    const { text } = pageOf([
      pod('a'),
      pod('b', { ...unmeasured, runningSince: '2026-01-01T10:00:18Z' }),
      pod('c', { ...unmeasured, runningSince: undefined, state: 'CrashLoopBackOff' }),
    ]);
    assert.match(text, /^b .*—.*no metrics yet: runs since 12 s$/m);
    assert.match(text, /^c .*—.*no metrics: CrashLoopBackOff$/m);
  });

  it('says that there are no metrics yet where nothing was measured', () => {
    assert.match(pageOf([pod('a', unmeasured)]).text, /◌ No metrics yet: metrics-server measures/);
    assert.match(pageOf([]).text, /There are no pods here\./);
  });

  it('says why there are no metrics and what to do, and still shows requests and limits', () => {
    const refused = { message: 'This cluster has no metrics API.', hint: 'Install metrics-server.' };
    const { text } = pageOf([pod('a', unmeasured)], { refused });
    assert.match(
      text,
      /✗ This cluster has no metrics API\.\nInstall metrics-server\.\nIt is asked again every 15/,
    );
    assert.match(text, /^a .*of 250m/m);
  });

  it('says why requests and limits are not known', () => {
    assert.match(
      pageOf([pod('a')], { withoutPods: 'pods is forbidden' }).text,
      /⚠ Requests and limits are not known: pods is forbidden/,
    );
  });

  it('shows the heaviest of very many and says so', () => {
    const many = Array.from({ length: podsShown + 10 }, (_, index) =>
      pod(`web-${String(index).padStart(4, '0')}`, { memory: memory(index) }),
    );
    const { text } = pageOf(many);
    assert.doesNotMatch(text, /^web-0009/m);
    assert.match(text, /^web-0010/m);
    assert.match(text, /^510 pods/m);
    assert.match(text, /The 500 pods with the most memory of 510 are shown\./);
  });
});
