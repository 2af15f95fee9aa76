import type { Health, HealthState } from '../../domain/rollout/health.ts';
import { clockTime } from '../clock-time.ts';
import { staleIcon, type RowIcon, type Sight } from './row.ts';

const icons: Readonly<Record<HealthState, RowIcon>> = {
  healthy: { codicon: 'pass-filled', tone: 'ok' },
  progressing: { codicon: 'sync', tone: 'running' },
  degraded: { codicon: 'error', tone: 'failed' },
  paused: { codicon: 'debug-pause', tone: 'warning' },
  scaledToZero: { codicon: 'circle-large-outline', tone: 'plain' },
};

const words: Readonly<Record<HealthState, string>> = {
  healthy: 'healthy',
  progressing: 'progressing',
  degraded: 'degraded',
  paused: 'paused',
  scaledToZero: 'scaled to zero',
};

export function healthIcon({ state }: Health, { staleSince }: Sight): RowIcon {
  return staleSince === undefined ? icons[state] : staleIcon;
}

/** The health for a row: `crash loop since 02:58`, `progressing: not ready`, `healthy`; `was crash loop` where it is stale. */
export function healthWords({ state, cause, since }: Health, { now, staleSince }: Sight): string {
  const short = cause === '' ? words[state] : cause;
  if (staleSince !== undefined) return `was ${short}`;
  if (state === 'progressing' && cause !== '') return `progressing: ${cause}`;
  return since === undefined ? short : `${short} since ${clockTime(Date.parse(since), now)}`;
}

/**
 * The words of a row in the order in which they matter, since a narrow side bar cuts off the end: what is wrong, the facts,
 * since when. Where all is well the green icon says so, and the hover.
 */
export function healthFirst(health: Health, facts: readonly string[], sight: Sight): string {
  const { state, since } = health;
  const { now, staleSince } = sight;
  const isWell = state === 'healthy' && staleSince === undefined;
  const wrong = isWell ? [] : [healthWords({ ...health, since: undefined }, sight)];
  const when =
    isWell || staleSince !== undefined || since === undefined
      ? []
      : [`since ${clockTime(Date.parse(since), now)}`];
  return [...stalePart(sight), ...wrong, ...facts, ...when].filter((words) => words !== '').join(' · ');
}

/** What stands first in a row: never an old state as if it were today's. */
export function stalePart({ now, staleSince }: Sight): readonly string[] {
  return staleSince === undefined ? [] : [`stale since ${clockTime(staleSince, now)}`];
}

/** What stands above everything that was true when the cluster was last seen. */
export function staleParagraph({ now, staleSince }: Sight): readonly (readonly string[])[] {
  return staleSince === undefined
    ? []
    : [
        [
          `Stale since ${clockTime(staleSince, now)}: the cluster cannot be seen. What follows was true then.`,
        ],
      ];
}
