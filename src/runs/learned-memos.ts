import * as v from 'valibot';
import type { RevisionMemo } from '../domain/rollout/known-good.ts';
import { revisionKey } from './revision-memory-file.ts';

const schema = v.array(v.object({ replicaSetUid: v.string(), templateHash: v.string(), at: v.string() }));
/** A deployment has ten revisions unless it is told to keep more. */
const most = 1000;

/**
 * What a run from another machine has seen to be known good, as memories; `now` is ms since the epoch. It comes from a file:
 * what is not of its form, or was seen in the future, counts for nothing.
 */
export function memosOf(knownGood: unknown, now: number): ReadonlyMap<string, RevisionMemo> {
  const read = v.safeParse(schema, knownGood);
  const memos = new Map<string, RevisionMemo>();
  for (const { replicaSetUid: uid, templateHash, at } of read.success ? read.output.slice(0, most) : []) {
    const goodAt = Date.parse(at);
    if (goodAt > 0 && goodAt <= now) memos.set(revisionKey({ uid, templateHash }), { ranAt: goodAt, goodAt });
  }
  return memos;
}
