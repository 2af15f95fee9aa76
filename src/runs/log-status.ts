import type { LogStreamState } from './log-stream.ts';

export interface LogSessionStatus {
  /** Open streams. */
  readonly streams: number;
  readonly received: number;
  readonly dropped: number;
  readonly state: 'live' | 'waiting' | 'stale' | 'ended';
  /** Since when it is in this state, RFC 3339. */
  readonly since: string;
  /** Why it is not simply live: what is waited for, what is cut, what is left out. */
  readonly message: string | undefined;
}

/** What a session looks like: its streams, and what is not among them. */
export interface LogSessionSight {
  readonly states: readonly LogStreamState[];
  readonly visible: boolean;
  readonly previous: boolean;
  /** Containers without a stream because there are too many. */
  readonly leftOut: number;
  readonly maxStreams: number;
  /** True where no pod can come any more: the one that was asked for is gone. */
  readonly podGone: boolean;
}

type Summary = Pick<LogSessionStatus, 'state' | 'message'>;

/** The state of many streams in one word, and the sentence that explains it. A cut stream outweighs live ones. */
export function summarise(sight: LogSessionSight): Summary {
  const { states } = sight;
  if (!sight.visible) return { state: 'waiting', message: 'Paused while hidden.' };
  if (sight.podGone) return { state: 'ended', message: 'The pod is gone.' };
  if (states.length === 0) return { state: 'waiting', message: 'No pod is there at present.' };
  const stale = states.filter((state) => state.kind === 'stale');
  const [cut] = stale;
  if (cut)
    return { state: 'stale', message: `${count(stale.length, states.length)} cut off: ${cut.message}` };
  const flowing = states.some(({ kind }) => kind === 'live' || kind === 'connecting' || kind === 'idle');
  if (flowing) return { state: 'live', message: leftOut(sight) ?? refused(states) };
  const waiting = states.find((state) => state.kind === 'waiting');
  if (waiting) return { state: 'waiting', message: waiting.message };
  return { state: 'ended', message: refused(states) ?? over(sight) };
}

function leftOut(sight: LogSessionSight): string | undefined {
  if (sight.leftOut === 0) return undefined;
  return `${sight.leftOut} more containers are not shown: at most ${sight.maxStreams} are followed at once.`;
}

function refused(states: readonly LogStreamState[]): string | undefined {
  const refusals = states.filter((state) => state.kind === 'forbidden' || state.kind === 'failed');
  const [first] = refusals;
  return first && `${count(refusals.length, states.length)} not shown: ${first.message}`;
}

function over(sight: LogSessionSight): string | undefined {
  const { states } = sight;
  if (states.every(({ kind }) => kind === 'noPrevious'))
    return 'No container has run before its present run.';
  if (states.every(({ kind }) => kind === 'gone')) return 'The pods are gone.';
  return sight.previous ? 'The previous run is over; this is its log.' : 'The containers have ended.';
}

function count(some: number, all: number): string {
  const containers = `${all} ${all === 1 ? 'container' : 'containers'}`;
  return some === all ? containers : `${some} of ${containers}`;
}
