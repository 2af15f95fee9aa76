import { activation } from './benches/activation.ts';
import { confirmation } from './benches/confirmation.ts';
import { packageSize } from './benches/package-size.ts';
import type { Row } from './row.ts';

/** Something to measure: gives its rows. */
export type Bench = (log: (line: string) => void) => Promise<readonly Row[]>;

/** All that `npm run bench` measures, by the word that selects it. */
export const benches: Readonly<Record<string, Bench>> = {
  package: packageSize,
  activation,
  confirmation,
};
