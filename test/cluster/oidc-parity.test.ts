import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadKubeconfig } from '../../src/cluster/kubeconfig/kubeconfig.ts';
import { Transport } from '../../src/cluster/http/transport.ts';
import { buildClusterBinary } from '../testbed/cluster/binary/build.ts';
import { runKubectl } from '../testbed/cluster/kubectl.ts';
import type { ArrivalServer } from '../unit/cluster/tls-loopback.ts';
import { base64, config } from './kubeconfig/config.ts';
import { idToken } from './kubeconfig/logins.ts';
import { identityProvider, nextToken } from './kubeconfig/oidc-provider.ts';
import { openPlace, type Place } from './kubeconfig/place.ts';

describe('an id token that has expired', function () {
  this.timeout(60_000);
  let place: Place;
  let provider: ArrivalServer;
  let folder: string;
  let programs: string;

  before(async () => {
    programs = await buildClusterBinary();
    place = await openPlace();
    provider = await identityProvider(place.certificates);
    folder = await mkdtemp(join(tmpdir(), 'oidc-'));
  });

  after(async () => {
    await Promise.all([place.close(), provider.close()]);
    await rm(folder, { recursive: true });
  });

  async function kubeconfigFile(name: string, secret?: string): Promise<string> {
    const user = {
      'auth-provider': {
        name: 'oidc',
        config: {
          'client-id': 'rollback',
          ...(secret === undefined ? {} : { 'client-secret': secret }),
          'id-token': idToken(1),
          'refresh-token': 'refresh-1',
          'idp-issuer-url': `${provider.url}/realm/`,
          'idp-certificate-authority-data': base64(place.certificates.authority),
        },
      },
    };
    const file = join(folder, name);
    await writeFile(file, config({ cluster: place.cluster, user }));
    return file;
  }

  const kubectl = (kubeconfig: string, ...args: readonly string[]) =>
    runKubectl({ programs, kubeconfig, cache: join(folder, 'cache') }, args, undefined);

  const asked = (from: number) =>
    provider.arrivals.slice(from).map(({ path, headers }) => `${path} ${headers.authorization ?? ''}`);

  for (const secret of [undefined, 'käse & co'])
    it(`is refreshed and written down as kubectl does it, ${secret === undefined ? 'without' : 'with'} a client secret`, async () => {
      const theirs = await kubeconfigFile('theirs', secret);
      const ours = await kubeconfigFile('ours', secret);
      await kubectl(theirs, 'get', '--raw', '/version');
      const theirRequests = asked(0).slice(-2);
      const theirArrival = place.tls.arrivals.at(-1);
      const from = provider.arrivals.length;

      const kubeconfig = await loadKubeconfig([ours]);
      const api = new Transport(place.tls.url, (request) => kubeconfig.credentials('x', request));
      await Promise.all([api.get('/version'), api.get('/version')]);
      api.dispose();

      assert.deepEqual(asked(from), theirRequests);
      assert.equal(place.tls.arrivals.at(-1)?.headers.authorization, theirArrival?.headers.authorization);
      assert.equal(theirArrival?.headers.authorization, `Bearer ${nextToken}`);
      const view = (file: string) => kubectl(file, 'config', 'view', '--raw', '-o', 'json');
      assert.deepEqual(JSON.parse(await view(ours)), JSON.parse(await view(theirs)));
      assert.match(await readFile(ours, 'utf8'), /refresh-2/);
    });

  it('is told as such where the new one cannot be written, and is used all the same', async () => {
    const file = await kubeconfigFile('locked');
    await writeFile(`${file}.lock`, '');
    const kubeconfig = await loadKubeconfig([file]);
    const api = new Transport(place.tls.url, (request) => kubeconfig.credentials('x', request));
    await assert.rejects(api.get('/version'), {
      reason: 'credentials',
      message: /could not persist new tokens/,
    });
    await api.get('/version');
    api.dispose();
    assert.equal(place.tls.arrivals.at(-1)?.headers.authorization, `Bearer ${nextToken}`);
  });
});
