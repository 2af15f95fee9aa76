import { withoutSecrets } from '../../domain/rollout/secret-name.ts';
import { age } from '../age.ts';
import { localTime } from '../local-time.ts';
import { columns } from './columns.ts';
import { type Line, type Part, toned, tonedIf } from './page.ts';

/** What is known under a name; lines where it is more than one thing. Undefined: nothing is said. */
export type Fact = readonly [name: string, value: Part | readonly Part[] | undefined];

/** Names and what is known under them, side by side; a fact of nothing is left out. */
export function facts(list: readonly Fact[]): readonly Line[] {
  const rows = list.flatMap(([name, value]): (readonly Part[])[] => {
    const values: readonly (Part | undefined)[] = Array.isArray(value) ? value : [value];
    return values
      .filter((part) => part !== undefined && part !== '')
      .map((part, index) => [toned('faint', index === 0 ? name : ''), part ?? '']);
  });
  return columns(rows);
}

/** Lines under a heading; nothing where there are none. */
export function section(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[], [toned('heading', title)], ...indented(lines)];
}

export function indented(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => (line.length === 0 ? line : ['  ', ...line]));
}

/** `22:14:31 (6 min ago)`; empty where the text is no time. */
export function timeWords(at: string | undefined, now: number): string {
  const time = localTime(at ?? '', now);
  return time === '' ? '' : `${time} (${age(at ?? '', now)} ago)`;
}

/** Labels or annotations, one a line, in order. */
export function pairs(values: Readonly<Record<string, string>> | undefined): readonly Part[] {
  return Object.entries(values ?? {})
    .filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${withoutSecrets(value)}`);
}

/** A condition of any kind of object. */
interface ConditionJson {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** Conditions as a table; `wrong` tells those that are not as they should be. */
export function conditionLines(
  conditions: readonly ConditionJson[],
  wrong: (condition: ConditionJson) => boolean,
  now: number,
): readonly Line[] {
  if (conditions.length === 0) return [];
  return columns([
    ['TYPE', 'STATUS', 'SINCE', 'REASON', 'MESSAGE'].map((text) => toned('faint', text)),
    ...conditions.map((condition): readonly Part[] => [
      condition.type,
      tonedIf(wrong(condition), 'failed', `${wrong(condition) ? '✗ ' : ''}${condition.status}`),
      timeWords(condition.lastTransitionTime, now),
      condition.reason ?? '',
      condition.message ?? '',
    ]),
  ]);
}
