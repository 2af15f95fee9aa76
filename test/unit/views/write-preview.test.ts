import assert from 'node:assert/strict';

import type { RevisionVerdict } from '../../../src/domain/rollout/known-good.ts';
import { operationDone, operationWords, rollbackWords } from '../../../src/views/write-preview.ts';
import { target, to } from '../domain/runbook/run-events.ts';

const now = new Date(2026, 0, 2, 12).getTime();
const command = 'kubectl …';

function detail(verdict: RevisionVerdict, more: object = {}): string {
  const side = { ...to, changeCause: 'release 2.3.1' };
  const preview = {
    from: { ...side, revision: 8 },
    to: side,
    changes: [],
    warnings: [],
    note: '',
    command,
    verdict,
  };
  return rollbackWords(target, { ...preview, causeAfter: undefined, ...more }, now).detail;
}

describe('the words of a preview', () => {
  it('tell what was seen of the target: good, failing, or not known, which is nothing against it', () => {
    const lastSeen = new Date(2026, 0, 1, 2, 58).getTime();
    assert.match(
      detail({ kind: 'good', lastSeen }),
      /✓ Known good: revision 7 was complete .* last seen so at 2026-01-01 02:58/,
    );
    assert.match(
      detail({ kind: 'failed', lastSeen, cause: 'crash loop', goodBefore: undefined }),
      /⚠ Revision 7 was itself seen failing \(crash loop\) at 2026-01-01 02:58/,
    );
    assert.match(detail({ kind: 'unknown' }), /^Not known whether revision 7 ever ran well/m);
  });

  it('show the change cause that a note makes', () => {
    const noted = detail({ kind: 'unknown' }, { note: 'why', causeAfter: 'why (rollback to 7)' });
    assert.match(noted, /^Its change cause will be “why \(rollback to 7\)”$/m);
  });

  it('keep a change cause of the cluster on one line that leaves room for the buttons', () => {
    const side = { ...to, changeCause: `apply\n\n✓ Known good: no${'x'.repeat(10_000)}` };
    const text = detail({ kind: 'unknown' }, { to: side, note: 'why', causeAfter: side.changeCause });
    assert.match(text, /“apply ✓ Known good: nox+…”/);
    assert.ok(text.length < 2_000);
  });

  it('leave the end of many changes to the diff', () => {
    const changes = Array.from({ length: 20 }, (_, at) => ({ words: `change ${at}` }));
    const text = detail({ kind: 'unknown' }, { changes });
    assert.match(text, /• change 11\n {2}• and 8 more: see the diff/);
    assert.doesNotMatch(text, /change 12/);
  });

  it('ask clearly before nothing is left', () => {
    const scale = (fromReplicas: number, toReplicas: number) =>
      ({ kind: 'scale', fromReplicas, toReplicas }) as const;
    const words = (from: number, wanted: number) =>
      operationWords(target, { operation: scale(from, wanted), warnings: [], command });
    assert.equal(words(3, 0).question, 'Scale api to zero?');
    assert.equal(words(3, 0).confirm, 'Scale to Zero');
    assert.match(words(3, 0).detail, /All 3 pods end\. Nothing answers/);
    assert.match(words(3, 4).detail, /1 more pod is started/);
    assert.match(words(3, 1).detail, /2 pods end/);
    assert.equal(operationDone('api', scale(3, 5)), 'api is scaled 3 → 5');
  });
});
