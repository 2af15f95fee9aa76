import { activation } from './benches/activation.ts';
import { confirmation } from './benches/confirmation.ts';
import { firstSync } from './benches/first-sync.ts';
import { explorer } from './benches/explorer.ts';
import { logMerge } from './benches/log-merge.ts';
import { logView } from './benches/log-view.ts';
import { packageSize } from './benches/package-size.ts';
import { podChange } from './benches/pod-change.ts';
import { reducer } from './benches/reducer.ts';
import { smallRequest } from './benches/small-request.ts';
import { watchEvents } from './benches/watch-events.ts';
import type { Row } from './row.ts';

/** Something to measure: gives its rows. */
export type Bench = (log: (line: string) => void) => Promise<readonly Row[]>;

/** All that `npm run bench` measures, by the word that selects it. */
export const benches: Readonly<Record<string, Bench>> = {
  package: packageSize,
  activation,
  confirmation,
  sync: firstSync,
  events: watchEvents,
  request: smallRequest,
  logs: logMerge,
  explorer,
  logview: logView,
  reducer,
  repaint: podChange,
};
