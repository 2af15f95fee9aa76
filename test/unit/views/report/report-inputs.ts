import type { FigureSample } from '../../../../src/domain/figures/sample.ts';
import type { LogLine } from '../../../../src/domain/logs/line.ts';
import { incidentOf } from '../../../../src/domain/report/incident.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import type { ReportInput } from '../../../../src/views/report/report-input.ts';
import { at, begun, target } from './run-parts.ts';

/** A sample every 12 s, from three minutes before the run to its sign-off. */
const samples: readonly FigureSample[] = Array.from({ length: 98 }, (_, i) => {
  const second = -180 + i * 12;
  const failing = second < 150;
  return {
    at: begun + second * 1000,
    ready: failing ? 0 : 3,
    desired: 3,
    restarts: failing ? 9 + Math.floor((second + 180) / 60) : 0,
    cpuMilli: failing ? 80 : 231,
    memoryBytes: undefined,
    errorLines: failing ? 212 : 2,
    latencyMs: failing ? undefined : 84 + (i % 5),
    answered: !failing,
    failing,
  };
});

const errors: readonly LogLine[] = [
  [21.101, 'x2k9q', false, 'ERROR relation "tracks_v2" does not exist'],
  [24.377, 'm0p2d', true, '\u001b[31mERROR\u001b[0m cannot connect: postgres://veza:hunter2@db:5432/veza'],
  [24.379, 'x2k9q', false, 'FATAL migration check failed, exiting with 1'],
].map(([second, pod, previous, text]): LogLine => ({
  source: {
    podUid: `uid-${String(pod)}`,
    namespace: target.namespace,
    pod: `veza-backend-api-5d9c7b8f6-${String(pod)}`,
    container: 'api',
    revision: 8,
    previous: previous === true,
  },
  at: at(Number(second) - 60),
  level: 'error',
  text: String(text),
}));

/** Written the next morning, in the zone of Paris. */
export function inputOf(events: readonly RunEvent[], more: Partial<ReportInput> = {}): ReportInput {
  return {
    incident: incidentOf(target, events),
    clock: { now: Date.UTC(2026, 4, 9, 7, 30), offsetMinutes: () => 120 },
    samples,
    captured: { errors, lines: 1204, containers: 6, capturedAt: at(9) },
    damagedFrom: undefined,
    ...more,
  };
}
