import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeploymentRecords } from '../../../../src/domain/rollout/records.ts';
import { filterWords, noFilter } from '../../../../src/views/tree/filter.ts';
import {
  Outline,
  plainArrangement,
  type Arrangement,
  type OutlineSource,
} from '../../../../src/views/tree/outline.ts';
import { crashingPod, deployment, pod, replicaSet } from '../../domain/rollout/objects.ts';

interface Facts {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly failing: boolean;
}

function recordsOf({ uid, namespace, name, failing }: Facts): DeploymentRecords {
  const set = replicaSet(uid, { changeCause: `release of ${name}`, images: [{ name, image: `${name}:v7` }] });
  return {
    deployment: deployment({ uid, namespace, name, available: failing ? 0 : 3, images: set.images }),
    replicaSets: [set],
    pods: [failing ? crashingPod('a', set.uid) : pod('a', set.uid)],
  };
}

/** A cluster that a test changes; it counts how often a deployment is looked at. */
class Cluster implements OutlineSource {
  looks = 0;
  readonly #all = new Map<string, DeploymentRecords>();

  constructor(...all: readonly Facts[]) {
    for (const facts of all) this.put(facts);
  }

  put(facts: Facts): void {
    this.#all.set(facts.uid, recordsOf(facts));
  }

  remove(uid: string): void {
    this.#all.delete(uid);
  }

  deployments() {
    return [...this.#all.values()].map((records) => records.deployment);
  }

  records(uid: string) {
    this.looks += 1;
    return this.#all.get(uid);
  }

  workloads() {
    return [];
  }

  workload() {
    return undefined;
  }
}

function facts(uid: string, name: string, failing = false, namespace = 'shop'): Facts {
  return { uid, namespace, name, failing };
}

function arrangement(changes: Partial<Arrangement>): Arrangement {
  return { ...plainArrangement, ...changes };
}

function rows(outline: Outline): readonly (readonly [string, readonly string[]])[] {
  return outline.namespaces().map((name) => [name, outline.namespace(name).members.map((one) => one.name)]);
}

function changed(...uids: readonly string[]) {
  return { deployments: new Set(uids), workloads: new Set<string>() };
}

describe('the outline of a cluster', () => {
  const cluster = () =>
    new Cluster(
      facts('1', 'web'),
      facts('2', 'api', true),
      facts('3', 'cart'),
      facts('4', 'blog', false, 'media'),
    );

  it('puts failing deployments and their namespaces first, or goes by name', () => {
    const outline = new Outline(cluster(), plainArrangement);
    assert.deepEqual(rows(outline), [
      ['shop', ['api', 'cart', 'web']],
      ['media', ['blog']],
    ]);
    outline.arrange(arrangement({ sort: 'name' }));
    assert.deepEqual(rows(outline), [
      ['media', ['blog']],
      ['shop', ['api', 'cart', 'web']],
    ]);
  });

  it('finds by name, namespace, image, change-cause and cause, all words together, and says how much it hides', () => {
    const outline = new Outline(cluster(), plainArrangement);
    const found = (text: string, failingOnly = false) => {
      outline.arrange(arrangement({ filter: { text, failingOnly } }));
      return rows(outline).flatMap(([, names]) => names);
    };
    assert.deepEqual(found('API'), ['api']);
    assert.deepEqual(found('media/'), ['blog']);
    assert.deepEqual(found(':v7 cart'), ['cart']);
    assert.deepEqual(found('release web'), ['web']);
    assert.deepEqual(found('crash'), ['api']);
    assert.deepEqual(found('', true), ['api']);
    assert.deepEqual(found('web', true), []);
    assert.deepEqual(outline.totals(), { total: 4, shown: 0, failing: 1 });
    assert.equal(
      filterWords({ text: 'web', failingOnly: true }, 0, 4),
      'Filter “web”, failing only: 4 of 4 hidden',
    );
    assert.equal(filterWords(noFilter, 4, 4), undefined);
  });

  it('leaves out namespaces that are not chosen, from its counts too', () => {
    const outline = new Outline(cluster(), arrangement({ namespaces: ['media'] }));
    assert.deepEqual(outline.totals(), { total: 1, shown: 1, failing: 0 });
  });

  it('looks only at what changed', () => {
    const source = cluster();
    const outline = new Outline(source, plainArrangement);
    source.looks = 0;
    source.put(facts('1', 'web', true));
    assert.deepEqual([...outline.see(changed('1'))], ['shop']);
    assert.equal(source.looks, 1);
    assert.deepEqual(outline.namespace('shop').failing, 2);
  });

  it('is after any changes what it would be if it were made anew', () => {
    const fact = fc.record({
      uid: fc.constantFrom('1', '2', '3', '4', '5'),
      namespace: fc.constantFrom('a', 'b'),
      name: fc.constantFrom('x', 'y', 'z'),
      failing: fc.boolean(),
    });
    const change = fc.oneof(fact, fc.constantFrom('1', '2', '3', '4', '5'));
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const source = cluster();
        const outline = new Outline(source, plainArrangement);
        for (const one of changes) {
          if (typeof one === 'string') source.remove(one);
          else source.put(one);
          outline.see(changed(typeof one === 'string' ? one : one.uid));
        }
        const anew = new Outline(source, plainArrangement);
        const uids = (of: Outline) =>
          of.namespaces().map((name) =>
            of
              .namespace(name)
              .members.map(({ uid, name: label }) => label + uid)
              .toSorted(),
          );
        assert.deepEqual(uids(outline), uids(anew));
        assert.deepEqual(rows(outline), rows(anew));
        assert.deepEqual(outline.totals(), anew.totals());
      }),
    );
  });
});
