import type { RevisionEntry } from '../domain/rollout/history.ts';

/** A revision and the numbers that it had. */
export type Numbered = Pick<RevisionEntry, 'revision' | 'replicaSet'>;

/** `9 (was 7)`: the number of a revision now, and the one before it where a rollback gave it a new one. */
export function numberWords(entry: Numbered): string {
  const number = entry.revision === undefined ? '?' : String(entry.revision);
  const before = former(entry).at(-1);
  return before === undefined ? number : `${number} (was ${before})`;
}

const formerShown = 5;

/** All numbers that it had, in a sentence, for who remembers an older one; undefined where it had no other. */
export function formerWords(entry: Numbered): string | undefined {
  const numbers = former(entry);
  if (numbers.length === 0) return undefined;
  const older = numbers.length > formerShown ? ', and others before' : '';
  return `It was revision ${numbers.slice(-formerShown).join(', ')}${older}: each rollback to it gives it a new number, and kubectl knows the new one only.`;
}

function former({ revision, replicaSet }: Numbered): readonly number[] {
  return replicaSet.formerRevisions.filter((number) => number !== revision);
}
