import type { StepId } from '../../domain/runbook/steps.ts';
import { access } from './access.ts';
import { before } from './before.ts';
import { capture } from './capture.ts';
import { complete } from './complete.ts';
import { endpoint } from './endpoint.ts';
import { critical, health } from './endpoints.ts';
import { events } from './events.ts';
import { errorRate } from './error-rate.ts';
import { issue } from './issue.ts';
import { logs } from './logs.ts';
import { metrics } from './metrics.ts';
import { podsReady } from './pods-ready.ts';
import { returnable } from './returnable.ts';
import { smoke } from './smoke.ts';
import type { StepHandler } from './step-handler.ts';
import { watch } from './watch.ts';

/** How each step that looks is carried out. */
export const stepHandlers: Readonly<Partial<Record<StepId, StepHandler>>> = {
  access,
  returnable,
  issue,
  events,
  endpoint,
  capture,
  before,
  podsReady,
  complete,
  health,
  critical,
  logs,
  smoke,
  metrics,
  errorRate,
  watch,
};
