import type { Tally } from '../../test/reporting/tally.ts';
import type { Layer } from './layers.ts';

/** The closing line of a test run, and in words why it is to fail (none when it passed). */
export interface Verdict {
  readonly line: string;
  readonly problems: readonly string[];
}

export interface RunConditions {
  /** On the build server nothing may be skipped. */
  readonly ci: boolean;
  /** Only some tests were asked for, so that a layer may have none of them. */
  readonly selected: boolean;
}

/** Adds the layers up and judges them. */
export function verdict(tallies: readonly (readonly [Layer, Tally])[], conditions: RunConditions): Verdict {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const problems: string[] = [];
  for (const [layer, { passed, failed, skipped }] of tallies) {
    sum.passed += passed;
    sum.failed += failed.length;
    sum.skipped += skipped;
    for (const title of failed) problems.push(`Failed in ${layer}: ${title}`);
    if (passed + failed.length === 0 && !conditions.selected)
      problems.push(`The layer ${layer} ran no test.`);
  }
  if (sum.passed + sum.failed === 0) problems.push('No test ran.');
  if (conditions.ci && sum.skipped > 0) problems.push(`${sum.skipped} skipped, which CI does not allow.`);
  return { line: `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`, problems };
}
