import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeCauseAnnotation } from '../../../src/domain/rollout/annotations.ts';
import { exactText, parseExact } from '../../../src/domain/exact-json.ts';
import type { DeploymentJson, ReplicaSetJson } from '../../../src/domain/rollout/json.ts';
import { testedKubernetes } from '../../testbed/cluster/binary/kubernetes-version.ts';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { startCluster } from '../../testbed/cluster/start.ts';
import { type RollbackBed, rollbackBed } from '../rollback-bed.ts';
import { categories, type GeneratedHistory } from './generated-history.ts';
import { type HistoryRow, kubectlHistories, treeHistory } from './history-rows.ts';
import { severalAtATime } from './several-at-a-time.ts';
import { storeHistories } from './stored-history.ts';

/** PARITY_SEED=N and PARITY_EACH=N try other and more histories. */
const seed = Number(process.env['PARITY_SEED'] ?? 37);
const ofEach = Number(process.env['PARITY_EACH'] ?? 6);
/** A field that the client library has no name for. Where the API server does not keep it, it drops it for both alike. */
const featureGates = testedKubernetes().minor >= 37 ? ['EmptyDirVolumeMode=true'] : [];
const [theirs, ours] = ['theirs', 'ours'];

type Annotations = Readonly<Record<string, string>>;
type Histories = ReadonlyMap<string, readonly HistoryRow[]>;
type Deployments = ReadonlyMap<string, DeploymentJson>;

/** How an undo ended, as kubectl's exit code and words. */
interface Undone {
  readonly code: number | null;
  readonly message: string;
  /** Whether it was said that the Deployment is managed with `kubectl apply`. */
  readonly warned: boolean;
}

describe('an undo of a generated history, beside that of kubectl', function () {
  this.timeout(60_000 + ofEach * 20_000);
  const generated = Object.entries(categories).map(([category, histories], index) => ({
    category,
    names: Array.from({ length: ofEach }, (_, number) => `h${index}-${number}`),
    histories: fc.sample(histories, { seed, numRuns: ofEach }),
  }));
  const all: ReadonlyMap<string, GeneratedHistory> = new Map(
    generated.flatMap(({ names, histories }) =>
      histories.map((history, index) => [names[index] ?? '', history] as const),
    ),
  );
  let cluster: Cluster;
  let bed: RollbackBed;
  let stored: Deployments;
  let left: { readonly theirs: Deployments; readonly ours: Deployments };
  let replicaSets: readonly ReplicaSetJson[];
  let histories: { readonly kubectl: Histories; readonly tree: Histories };
  let undone: ReadonlyMap<string, { readonly theirs: Undone; readonly ours: Undone }>;

  before(async () => {
    // Controllers would number, adopt and delete the ReplicaSets that are written here.
    cluster = await startCluster({ controllers: false, featureGates });
    for (const name of [theirs, ours]) await cluster.kubectl(['create', 'namespace', name]);
    bed = await rollbackBed(cluster, ours);
    await storeHistories(cluster, [theirs, ours], all);
    stored = await deployments(ours);
    replicaSets = await list(ours, 'replicasets');
    histories = {
      kubectl: await kubectlHistories(cluster, theirs),
      tree: new Map([...stored].map(([name, deployment]) => [name, treeHistory(deployment, replicaSets)])),
    };
    undone = new Map(
      await severalAtATime(4, [...all], async ([name, { to }]) => {
        const [kubectl, extension] = await Promise.all([undoByKubectl(name, to), undoByUs(name, to)]);
        return [name, { theirs: kubectl, ours: extension }] as const;
      }),
    );
    left = { theirs: await deployments(theirs), ours: await deployments(ours) };
  });

  after(async () => {
    await bed?.close();
    await cluster?.stop();
  });

  async function list<Item>(namespace: string, kind: string): Promise<readonly Item[]> {
    const path = `/apis/apps/v1/namespaces/${namespace}/${kind}`;
    const body = parseExact((await cluster.client.request('GET', path)).body);
    return (body as { items: Item[] }).items;
  }

  async function deployments(namespace: string): Promise<Deployments> {
    const items = await list<DeploymentJson>(namespace, 'deployments');
    return new Map(items.map((item) => [item.metadata?.name ?? '', item]));
  }

  async function undoByKubectl(name: string, to: number): Promise<Undone> {
    const args = ['rollout', 'undo', `deployment/${name}`, `--to-revision=${to}`, '-n', theirs];
    const { code, output, problem } = await cluster.tryKubectl(args);
    const message =
      code === 0 ? output.replace(`deployment.apps/${name} `, '') : problem.replace(/^.*error: /s, '');
    const warned = message.startsWith('rolled back') && problem.includes("managed with 'kubectl apply'");
    return { code, message: message.trim(), warned };
  }

  async function undoByUs(name: string, to: number): Promise<Undone> {
    const runbook = await bed.runbook(name);
    const preparation = await runbook.prepare(to);
    if (preparation.kind !== 'ready') {
      const code = preparation.kind === 'skipped' ? 0 : 1;
      return { code, message: preparation.message, warned: false };
    }
    const { preview } = preparation;
    const outcome = await runbook.rollBack(preview);
    assert.equal(outcome.kind, 'applied', name);
    return {
      code: 0,
      message: 'rolled back',
      warned: preview.warnings.some((words) => /kubectl apply/.test(words)),
    };
  }

  for (const { category, names } of generated)
    it(`says and leaves the same: ${category}`, () => {
      for (const name of names) {
        const which = `PARITY_SEED=${seed}, ${name}: ${JSON.stringify(all.get(name), undefined, 1)}`;
        const said = undone.get(name);
        assert.deepEqual(said?.ours, said?.theirs, which);
        const kubectl = shown(left.theirs.get(name));
        const annotations = { ...ownAnnotations(stored.get(name)), ...kubectl.annotations };
        assert.deepEqual(shown(left.ours.get(name)), { ...kubectl, annotations }, which);
      }
    });

  it('is chosen from the same history: each number of kubectl with its change-cause, newest first', () => {
    for (const [name, { revisions }] of all) {
      // The tree goes by the owner alone: a controller takes it away from a ReplicaSet whose labels do not fit.
      if (revisions.some(({ belongs }) => belongs === 'otherLabels')) continue;
      const [kubectl = [], tree = []] = [histories.kubectl.get(name), histories.tree.get(name)];
      const numbers = tree.map(([number]) => number);
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => b - a),
        name,
      );
      assert.deepEqual(new Set(numbers), new Set(kubectl.map(([number]) => number)), name);
      // Of ReplicaSets with the same number kubectl shows the last, the tree each.
      const shown = new Set(tree.map(String));
      assert.deepEqual(
        kubectl.map(String).filter((row) => !shown.has(row)),
        [],
        name,
      );
    }
  });

  it('is tried on fields that the API server keeps and the client library has no name for', () =>
    assert.equal(exactText(replicaSets).includes('"mode":'), featureGates.length > 0));

  it('comes to each kind of end', () => {
    const ends = [
      /^rolled back$/,
      /^skipped/,
      /^unable to find/,
      /^you cannot rollback a paused/,
      /^no rollout/,
    ];
    for (const end of ends) {
      const times = [...undone.values()].filter(({ ours }) => end.test(ours.message)).length;
      assert.ok(times > 0, `${end}`);
    }
  });
});

/** What a Deployment says apart from what the API server writes by itself. */
function shown(deployment: DeploymentJson | undefined): {
  readonly annotations: Annotations;
  readonly labels: Annotations;
} {
  const { labels = {}, annotations = {} } = deployment?.metadata ?? {};
  return { ...deployment?.spec, labels, annotations };
}

/** The annotations that an undo keeps as the documented difference to kubectl, which drops those that the target lacks. */
function ownAnnotations(deployment: DeploymentJson | undefined): Annotations {
  const { [changeCauseAnnotation]: _cause, ...own } = deployment?.metadata?.annotations ?? {};
  return own;
}
