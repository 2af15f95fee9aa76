import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';

import { kubeconfigFiles, loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { mergeKubeconfigs } from '../../src/cluster/kubeconfig/merge.ts';
import { kubeconfigFileOf } from '../../src/cluster/kubeconfig/schema.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { buildClusterBinary } from '../testbed/cluster/binary/build.ts';
import { commandCases } from './kubeconfig/commands.ts';
import type { ParityCase, ParityCases } from './kubeconfig/config.ts';
import { loginCases } from './kubeconfig/logins.ts';
import { mergingCases } from './kubeconfig/merging.ts';
import { openPlace, type Place } from './kubeconfig/place.ts';
import { serverCases } from './kubeconfig/servers.ts';

/** What kubectl or we made of a kubeconfig: the entries in use, then a request's arrival, or what was said instead. */
interface Outcome {
  readonly view: unknown;
  readonly arrived: unknown;
  readonly said: string;
}

const groups: Readonly<Record<string, (place: Place) => ParityCases>> = {
  files: mergingCases,
  clusters: serverCases,
  users: loginCases,
  'login commands': commandCases,
};

describe('kubectl and the extension', function () {
  this.timeout(120_000);
  let place: Place;
  let kubectl: string;

  before(async () => {
    kubectl = join(await buildClusterBinary(), 'kubectl');
    place = await openPlace();
  });

  after(() => place.close());

  for (const [group, cases] of Object.entries(groups))
    it(`make the same of ${group} in a kubeconfig`, async () => {
      const differences: string[] = [];
      for (const [name, one] of Object.entries(cases(place)))
        await compare(one).catch((error: unknown) => differences.push(`${name}: ${String(error)}`));
      assert.equal(differences.join('\n\n'), '');
    });

  async function compare(one: ParityCase): Promise<void> {
    const theirs = await inFolder(one, byKubectl);
    const ours = await inFolder(one, byUs);
    if (one.refused === undefined) {
      assert.equal(theirs.said, '', 'kubectl');
      assert.equal(ours.said, '', 'the extension');
      assert.notEqual(theirs.arrived, undefined);
    } else {
      assert.match(theirs.said, one.refused, 'kubectl');
      assert.match(ours.said, one.refusedByUs ?? one.refused, 'the extension');
    }
    assert.deepEqual(ours.arrived, theirs.arrived);
    // Where kubectl refuses a context already when it shows it, there is nothing to compare.
    if (theirs.view !== undefined) assert.deepEqual(ours.view, theirs.view);
  }

  type Act = (folder: string, environment: NodeJS.ProcessEnv) => Promise<{ view: unknown; said: string }>;

  async function inFolder(one: ParityCase, act: Act): Promise<Outcome> {
    const folder = await mkdtemp(join(tmpdir(), 'parity-'));
    const { tls, plain, proxy, tlsProxy, socks } = place;
    const before = [tls, plain].map(({ arrivals }) => arrivals.length);
    for (const { asked } of [proxy, tlsProxy, socks]) asked.length = 0;
    try {
      for (const [path, text] of Object.entries(one.files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
        if (basename(path) === 'login') await chmod(join(folder, path), 0o755);
      }
      const list = (one.list ?? ['config']).map((path) => join(folder, path)).join(delimiter);
      const outcome = await act(folder, { HOME: folder, KUBECONFIG: list, ...one.environment });
      const arrivals = [tls, plain].flatMap((server, index) => server.arrivals.slice(before[index]));
      const told = await readFile(join(folder, 'info'), 'utf8').catch(() => '');
      const [first] = arrivals;
      const through = [...proxy.asked, ...tlsProxy.asked, ...socks.asked];
      if (first === undefined) return { ...outcome, arrived: undefined };
      const { headers, path, certificate, serverName } = first;
      const named = Object.entries(headers).filter(([name]) => /^(authorization|impersonate-.*)$/.test(name));
      const login = Object.fromEntries(named.toSorted());
      const info: unknown = told === '' ? undefined : JSON.parse(told);
      return { ...outcome, arrived: { path, login, certificate, serverName, through, info } };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  async function byKubectl(
    folder: string,
    environment: NodeJS.ProcessEnv,
  ): Promise<{ view: unknown; said: string }> {
    const env = { PATH: process.env['PATH'], KUBECACHEDIR: join(folder, 'cache'), ...environment };
    const run = (...args: readonly string[]) =>
      new Promise<{ output: string; said: string }>((resolve) => {
        const child = execFile(kubectl, args, { env, timeout: 20_000 }, (error, output, problem) =>
          resolve({ output, said: error === null ? '' : problem || error.message }),
        );
        child.stdin?.end();
      });
    const [shown, request] = await Promise.all([
      run('config', 'view', '--minify', '--raw', '-o', 'json'),
      run('get', '--raw', '/version'),
    ]);
    if (shown.said !== '') return { view: undefined, said: shown.said };
    const view = kubeconfigFileOf(JSON.parse(shown.output));
    const [context] = view.contexts;
    return {
      view: {
        context,
        cluster: view.clusters[0]?.cluster,
        user: view.users[0]?.user,
      },
      said: request.said,
    };
  }

  async function byUs(
    _folder: string,
    environment: NodeJS.ProcessEnv,
  ): Promise<{ view: unknown; said: string }> {
    const before = { ...process.env };
    // This machine's own proxy is no part of a case.
    for (const name of Object.keys(before)) if (/_proxy$/i.test(name)) delete process.env[name];
    Object.assign(process.env, environment);
    try {
      const files = kubeconfigFiles('', environment);
      const merged = await mergeKubeconfigs(files);
      const kubeconfig = await loadKubeconfig(files);
      const name = kubeconfig.currentContext;
      if (name === undefined) return { view: undefined, said: `no context ${merged.currentContext}` };
      const context = merged.contexts.get(name)?.entry;
      const view = {
        context: { name, context },
        cluster: merged.clusters.get(context?.cluster ?? '')?.entry,
        user: merged.users.get(context?.user ?? '')?.entry,
      };
      const server = kubeconfig.contexts.find((one) => one.name === name)?.server ?? '';
      const transport = new Transport(server, (request) => kubeconfig.credentials(name, request));
      try {
        await transport.get('/version');
        return { view, said: '' };
      } catch (error) {
        return { view, said: messages(error) };
      } finally {
        transport.dispose();
      }
    } catch (error) {
      return { view: undefined, said: messages(error) };
    } finally {
      for (const variable of Object.keys(environment)) delete process.env[variable];
      Object.assign(process.env, before);
    }
  }
});

function messages(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${messages(error.cause)}`;
}
