import assert from 'node:assert/strict';
import { canICommand, missingPermission } from '../../../../src/views/tree/missing-permission.ts';
import { contextNotices, type ClusterSight, type NoticePlace } from '../../../../src/views/tree/notices.ts';

const place: NoticePlace = {
  context: 'prod eu',
  kubeconfig: undefined,
  server: 'https://demo',
  namespaces: [],
  total: 0,
  shown: 0,
  unseen: [],
  leftOut: 0,
};
const message = 'User "jane" may not list deployments.apps in namespace "shop" (403).';

function stale(reason: string): ClusterSight {
  return { kind: 'stale', error: { reason, message: 'Wrong.', hint: 'Mend it.' } };
}

function commands(sight: ClusterSight, changes: Partial<NoticePlace> = {}): readonly (string | undefined)[] {
  return contextNotices(sight, { ...place, ...changes }).flatMap(({ command }) => command?.id ?? []);
}

describe('what stands where deployments would', () => {
  it('says what happened first, and offers what helps', () => {
    const [first] = contextNotices(stale('unreachable'), place);
    assert.deepEqual([first?.text, first?.hint], ['Wrong.', 'Mend it.']);
    assert.deepEqual(commands(stale('unreachable')), ['refresh', 'chooseKubeconfig']);
    assert.deepEqual(commands(stale('serverError')), ['refresh']);
  });

  it('says that a login waits instead of what cannot be known before its end', () => {
    const notices = contextNotices(stale('credentials'), { ...place, loggingInAs: 'jane' });
    assert.deepEqual(
      notices.map(({ text }) => text),
      ['Waiting for the login of context prod eu…'],
    );
    assert.match(notices[0]?.hint ?? '', /jane/);
  });

  it('leaves the address out, so that a narrow row has room for what is the matter', () => {
    const text = (message: string) => {
      const error = { reason: 'unreachable', message, hint: '' };
      return contextNotices({ kind: 'stale', error }, place)[0]?.text;
    };
    assert.equal(text('https://demo refuses it.'), 'The cluster refuses it.');
    assert.equal(text('No answer from https://demo in time.'), 'No answer from the cluster in time.');
  });

  it('names the missing permission where reading is not allowed, with the line that shows the same', () => {
    const sight: ClusterSight = { kind: 'refused', error: { reason: 'forbidden', message, hint: '' } };
    const notices = contextNotices(sight, place);
    assert.equal(notices[0]?.text, 'Not permitted: list deployments.apps');
    assert.deepEqual(commands(sight), [
      'chooseNamespaces',
      'copyPermissionCheck',
      'showPermissions',
      'refresh',
    ]);
    assert.deepEqual(notices.find(({ key }) => key === 'can-i')?.command?.arguments, [
      "kubectl auth can-i list deployments.apps -n shop --context 'prod eu'",
    ]);
  });

  it('tells an empty cluster from empty namespaces and from a filter that hides all', () => {
    const live: ClusterSight = { kind: 'live' };
    assert.deepEqual(commands(live), ['refresh']);
    assert.match(contextNotices(live, { ...place, namespaces: ['a', 'b'] })[0]?.text ?? '', /in a, b\.$/);
    assert.deepEqual(commands(live, { total: 12 }), ['clearFilter']);
    assert.match(contextNotices(live, { ...place, total: 12 })[0]?.text ?? '', /all 12/);
    assert.deepEqual(contextNotices(live, { ...place, total: 12, shown: 1 }), []);
  });

  it('names what a user may not see beside what can be seen, but not more than fits', () => {
    const unseen = ['a', 'b', 'c'].map(
      (name) => `Pods cannot be seen: list pods is forbidden in namespace ${name}`,
    );
    const notices = contextNotices({ kind: 'live' }, { ...place, total: 1, shown: 1, unseen, leftOut: 3 });
    assert.deepEqual(
      notices.map(({ text, hint }) => `${text} ${hint}`.trim()),
      [
        unseen[0],
        `${unseen[1]} and 1 more`,
        'Copy kubectl auth can-i Commands',
        '3 more namespaces are not looked at. Choose those that matter.',
        'Choose Namespaces…',
      ],
    );
    const lines = ['a', 'b', 'c'].map(
      (name) => `kubectl auth can-i list pods -n ${name} --context 'prod eu'`,
    );
    assert.deepEqual(notices[2]?.command?.arguments, [lines.join('\n')]);
  });

  it('reads the permission out of the API server’s refusal, of the whole cluster and of the core group too', () => {
    const missing = missingPermission('User "jane" may not watch pods in the whole cluster (403).');
    assert.ok(missing);
    assert.equal(
      canICommand(missing, { context: 'prod', kubeconfig: '/c/config' }),
      'kubectl auth can-i watch pods --all-namespaces --context prod --kubeconfig /c/config',
    );
    assert.equal(missingPermission('no'), undefined);
  });
});
