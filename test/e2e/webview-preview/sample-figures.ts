import type { FigureCourse, FigureModel } from '../../../src/shared/panel-model.ts';

const [MARK_X, LOW, HIGH] = [92, 29, 3];

/** A course as in an incident: steady, then bad, then the rollback at `MARK_X`. */
function course(words: string, good: number, bad: number, now: number): Required<FigureCourse> {
  const points = `M0 ${good}h0L50 ${good}L56 ${bad}L${MARK_X} ${bad}L106 ${(bad + now) / 2}L128 ${now}`;
  return { line: points, markX: MARK_X, words };
}

export const FIGURES: readonly FigureModel[] = [
  {
    id: 'ready',
    title: 'Ready pods',
    value: '2',
    note: 'of 3',
    tone: 'warning',
    course: course('between 0 and 3 in 15 min, 0 at the rollback', HIGH, LOW, 11),
  },
  {
    id: 'restarts',
    title: 'Restarts',
    value: '11',
    note: '+0 since',
    tone: 'plain',
    course: course('between 0 and 11 in 15 min, 11 at the rollback', LOW, HIGH, HIGH),
  },
  {
    id: 'errorLines',
    title: 'Error lines / min',
    value: '37',
    note: 'was 212',
    tone: 'failed',
    hint: '212 at the rollback; 2 before the failure',
    course: course('between 2 and 212 in 15 min, 212 at the rollback', LOW, HIGH, 24),
  },
  {
    id: 'latency',
    title: 'Latency',
    value: '84 ms',
    note: 'was 640',
    tone: 'ok',
    course: course('between 80 ms and 640 ms in 15 min, 640 ms at the rollback', 26, HIGH, 25),
  },
  {
    id: 'cpu',
    title: 'CPU',
    value: '231m',
    note: 'was 80m',
    tone: 'plain',
    course: course('between 80m and 240m in 15 min, 80m at the rollback', 8, 22, 6),
  },
  { id: 'memory', title: 'Memory', value: '–', note: 'no metrics-server', tone: 'plain' },
];

/** The same before the rollback, where no health address is set. */
export const BEFORE_FIGURES: readonly FigureModel[] = FIGURES.map(({ course: recorded, ...figure }) => {
  if (figure.id === 'latency') {
    const action = { action: 'configureEndpoints', label: 'Set the address' } as const;
    return { ...figure, value: '–', note: 'not configured', tone: 'plain', action };
  }
  return recorded === undefined
    ? figure
    : { ...figure, course: { line: recorded.line, words: recorded.words } };
});
