import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClusterSight } from '../../../../src/views/tree/notices.ts';
import {
  problemOf,
  problemWords,
  type SeenContext,
  type Welcome,
  welcomeOf,
  welcomeTitle,
} from '../../../../src/views/tree/welcome.ts';

function seen(sight: ClusterSight, changes: Partial<SeenContext> = {}): SeenContext {
  return {
    context: 'prod',
    server: 'https://prod:6443',
    sight,
    loggingIn: false,
    namespaces: [],
    total: 0,
    partly: false,
    ...changes,
  };
}

function out(reason: string, kind: 'stale' | 'refused' = 'stale'): ClusterSight {
  const message = 'https://prod:6443 refuses the connection.';
  return { kind, error: { reason, message, hint: 'Check that it runs.' } };
}

const live: ClusterSight = { kind: 'live' };

describe('the welcome in place of rows', () => {
  it('says why there are none, with one welcome for each kind of reason', () => {
    const welcomes: Readonly<Record<string, Welcome>> = {
      unreachable: 'unreachable',
      timedOut: 'unreachable',
      unauthorized: 'login',
      credentials: 'login',
      certificate: 'certificate',
      forbidden: 'forbidden',
      serverError: 'failing',
      badResponse: 'failing',
    };
    for (const [reason, welcome] of Object.entries(welcomes))
      assert.equal(welcomeOf([seen(out(reason))]), welcome, reason);
    assert.equal(welcomeOf([seen(out('forbidden', 'refused'), { total: 3 })]), 'forbidden');
    assert.equal(welcomeOf([seen(live)]), 'nothing');
    assert.equal(welcomeOf([seen(live, { namespaces: ['shop'] })]), 'nothingInNamespaces');
  });

  it('leaves the place to rows wherever there is something to see, however old, or something to wait for', () => {
    for (const one of [
      seen(live, { total: 1 }),
      seen(out('unreachable'), { total: 1 }),
      seen({ kind: 'connecting' }),
      seen(out('unauthorized'), { loggingIn: true }),
      seen(live, { partly: true }),
    ]) {
      assert.equal(welcomeOf([one]), undefined);
      assert.equal(welcomeOf([one, seen(out('unreachable'))]), undefined);
    }
    assert.equal(welcomeOf([]), undefined);
  });

  it('is of all open contexts: one for several in the same state, rows for several in different ones', () => {
    assert.equal(welcomeOf([seen(out('unreachable')), seen(out('timedOut'))]), 'unreachable');
    assert.equal(welcomeOf([seen(out('unreachable')), seen(out('forbidden'))]), undefined);
  });

  it('has what happened beside the title, without the address, and in full on demand', () => {
    const away = seen(out('unreachable'));
    assert.equal(welcomeTitle([away]), 'prod: The cluster refuses the connection.');
    assert.equal(welcomeTitle([seen(live, { namespaces: ['a', 'b'] })]), 'prod / a, b');
    assert.equal(
      problemWords(away),
      'prod (https://prod:6443)\nhttps://prod:6443 refuses the connection.\nCheck that it runs.',
    );
    assert.equal(problemWords(seen(live)), undefined);
    assert.deepEqual(problemOf(away), {
      words: 'cannot be reached',
      message: 'https://prod:6443 refuses the connection. Check that it runs.',
    });
    assert.equal(problemOf(seen(live)), undefined);
  });

  it('stands in package.json for each of them, with a way out', () => {
    const manifest = readFileSync(
      fileURLToPath(new URL('../../../../package.json', import.meta.url)),
      'utf8',
    );
    const every: Readonly<Record<Welcome, true>> = {
      unreachable: true,
      login: true,
      certificate: true,
      forbidden: true,
      failing: true,
      nothing: true,
      nothingInNamespaces: true,
    };
    const { viewsWelcome } = JSON.parse(manifest).contributes;
    const conditions = viewsWelcome.map(({ when }: { when: string }) => when);
    for (const welcome of Object.keys(every))
      assert.ok(conditions.includes(`kubernetesRollback.welcome == '${welcome}'`), welcome);
    for (const { contents } of viewsWelcome) assert.match(contents, /\]\(command:kubernetesRollback\./);
  });
});
