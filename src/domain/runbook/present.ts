import type { FigureBaseline } from '../figures/baseline.ts';
import { countedErrors, errorLooks } from '../figures/error-looks.ts';
import { figureWords } from '../figures/figure-words.ts';
import { normalized } from '../figures/normalized.ts';
import type { FigureSample } from '../figures/sample.ts';
import type { DeploymentRecords } from '../rollout/records.ts';
import type { Present } from './checklist.ts';
import type { CheckResult } from './checks.ts';
import type { RevisionRef } from './events.ts';
import { metricsCheck } from './figure-checks.ts';
import { podsReadiness } from './pods-ready.ts';
import { templateFindings } from './rollback-watch.ts';
import type { RunState } from './state.ts';

/** All that the checklist is told of the present, by whoever looks. */
export interface PresentSight {
  /** RFC 3339. */
  readonly at: string;
  /** Undefined where the deployment is not there, or was not seen yet. */
  readonly records: DeploymentRecords | undefined;
  /** False while the cluster was never seen: then the lack of the deployment says nothing. */
  readonly isSeen: boolean;
  readonly previous: RevisionRef | undefined;
  /** What the addresses answered last; undefined until they were asked. */
  readonly health: CheckResult | undefined;
  readonly critical: CheckResult | undefined;
  /** What is recorded of the figures; undefined where nothing is. */
  readonly figures:
    { readonly samples: readonly FigureSample[]; readonly baseline: FigureBaseline | undefined } | undefined;
  /** A time in RFC 3339 as ms since the epoch. */
  readonly msOf: (at: string) => number;
}

const notSeenYet = { ready: false, failing: false, summary: 'not seen yet', details: [] };

/** The present as the checklist takes it: the same for the panel, for the journal and for the report. */
export function presentOf(run: RunState, sight: PresentSight): Present {
  const { at, records, isSeen, previous, health, critical } = sight;
  return {
    at,
    pods: records === undefined && !isSeen ? notSeenYet : podsReadiness(records),
    previous,
    health,
    critical,
    changedBack: changedBack(run, records),
    metrics: metricsNow(run, sight),
    errors: errorsNow(run, sight),
  };
}

/** What somebody has done to the template since the rollback was complete; undefined where nobody has. */
function changedBack({ rollback }: RunState, records: DeploymentRecords | undefined): string | undefined {
  if (rollback?.end?.kind !== 'complete' || records === undefined) return undefined;
  return templateFindings(rollback.from, rollback.to, records)[0]?.words;
}

/** The rule's answer now; undefined while there are too few data for one. */
function metricsNow({ rollback }: RunState, { figures, at, msOf }: PresentSight): CheckResult | undefined {
  if (figures === undefined || rollback?.endAt === undefined) return undefined;
  const since = msOf(rollback.endAt);
  const answer = normalized(
    figures.samples.filter((sample) => sample.at >= since),
    figures.baseline,
  );
  const enough = answer.perFigure.every(({ state }) => state !== 'tooFewData');
  return enough ? metricsCheck(answer, at) : undefined;
}

/** Error lines that were written after the logs had been read and found clean; undefined where there are none. */
function errorsNow({ steps }: RunState, { figures, at, msOf }: PresentSight): CheckResult | undefined {
  const readAt = steps.logs?.endedAt;
  if (figures === undefined || readAt === undefined) return undefined;
  const looks = errorLooks(figures.samples).filter(({ from }) => from >= msOf(readAt));
  const count = countedErrors(looks.filter(({ perMinute }) => perMinute > 0));
  if (count === undefined) return undefined;
  const words = `${figureWords('errorLines', count.highest)} error lines per minute after the logs were found clean`;
  return {
    state: 'failed',
    summary: 'errors since the check',
    evidence: [{ text: words, tone: 'failed', at }],
  };
}
