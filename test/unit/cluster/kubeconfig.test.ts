import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { makeCertificates } from '../../testbed/cluster/certificates.ts';
import { kubeconfigFiles, loadKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';

/** A kubeconfig of one context, cluster and user of that name. */
function kubeconfig(name: string, server: string, current: string | undefined, user: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    ...(current === undefined ? {} : { 'current-context': current }),
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}

describe('the kubeconfig', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function files(...texts: readonly string[]): Promise<string[]> {
    const paths = texts.map((_text, index) => join(folder, `config-${index}`));
    await Promise.all(texts.map((text, index) => writeFile(paths[index] ?? '', text)));
    return paths;
  }

  it('is where the setting says, else where KUBECONFIG says, else at ~/.kube/config', () => {
    const listed = { KUBECONFIG: ['/a', '', '/b'].join(delimiter) };
    assert.deepEqual(kubeconfigFiles('~/mine', listed), [join(homedir(), 'mine')]);
    assert.deepEqual(kubeconfigFiles('', listed), ['/a', '/b']);
    assert.deepEqual(kubeconfigFiles('', {}), [join(homedir(), '.kube', 'config')]);
  });

  it('says which files it looked for where there is none', async () => {
    await assert.rejects(loadKubeconfig(['/nowhere/config']), {
      reason: 'missing',
      message: 'There is no kubeconfig at /nowhere/config.',
    });
  });

  it('says which file cannot be read', async () => {
    const [file = ''] = await files('clusters: [');
    await assert.rejects(loadKubeconfig([file]), { reason: 'unreadable' });
  });

  it('says where it cannot be read, and shows nothing of what stands there', async () => {
    const [file = ''] = await files('users:\n- name: jane\n  user: { token: s3cret, {\n');
    await assert.rejects(loadKubeconfig([file]), ({ message }: Error) => {
      assert.match(message, / cannot be read: .* at line \d, column \d+/);
      assert.doesNotMatch(message, /s3cret|\n/);
      return true;
    });
  });

  it('merges files as kubectl does: the first to say something wins, files that lack are left out', async () => {
    const paths = await files(
      kubeconfig('a', 'https://a', undefined),
      kubeconfig('b', 'https://b', 'b'),
      kubeconfig('a', 'https://other', 'a'),
    );
    const config = await loadKubeconfig(['/nowhere', ...paths]);
    assert.deepEqual(
      config.contexts.map(({ name, server, namespace }) => [name, server, namespace]),
      [
        ['a', 'https://a', 'default'],
        ['b', 'https://b', 'default'],
      ],
    );
    assert.equal(config.currentContext, 'b');
    assert.deepEqual(config.files, paths);
  });

  it('has no current context where it names one that is not there', async () => {
    const config = await loadKubeconfig(await files(kubeconfig('a', 'https://a', 'gone')));
    assert.equal(config.currentContext, undefined);
  });

  it('gives the headers of tokens and passwords, and what TLS needs', async () => {
    const certificates = await makeCertificates();
    const jane = certificates.client('jane');
    const data = (text: string): string => Buffer.from(text).toString('base64');
    const text = JSON.stringify({
      clusters: [
        {
          name: 'a',
          cluster: {
            server: 'https://a',
            'certificate-authority-data': data(certificates.authority),
            'tls-server-name': 'inner',
            'proxy-url': 'http://proxy:3128',
          },
        },
      ],
      users: [
        { name: 'token', user: { token: 'secret' } },
        { name: 'password', user: { username: 'jane', password: 'pass' } },
        {
          name: 'cert',
          user: { 'client-certificate-data': data(jane.cert), 'client-key-data': data(jane.key) },
        },
      ],
      contexts: ['token', 'password', 'cert'].map((user) => ({
        name: user,
        context: { cluster: 'a', user },
      })),
    });
    const config = await loadKubeconfig(await files(text));
    const tls = { ca: certificates.authority, servername: 'inner', proxyUrl: 'http://proxy:3128' };
    assert.deepEqual(await config.credentials('token'), {
      headers: { Authorization: 'Bearer secret' },
      ...tls,
    });
    const basic = `Basic ${data('jane:pass')}`;
    assert.deepEqual(await config.credentials('password'), { headers: { Authorization: basic }, ...tls });
    assert.deepEqual(await config.credentials('cert'), { headers: {}, ...jane, ...tls });
  });

  it('runs the login command once, again when asked for anew, and tells what it says when it fails', async () => {
    const [plugin = '', count = ''] = await files('', '');
    const answer =
      '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t"}}';
    await writeFile(
      plugin,
      `#!/bin/sh\necho >> '${count}'\n[ -e '${count}.no' ] && { echo 'SSO expired' >&2; exit 1; }\necho '${answer}'\n`,
    );
    await chmod(plugin, 0o755);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, interactiveMode: 'Never' };
    await writeFile(join(folder, 'config'), kubeconfig('a', 'https://a', 'a', { exec }));
    const config = await loadKubeconfig([join(folder, 'config')]);
    const given = await config.credentials('a');
    assert.deepEqual(given.headers, { Authorization: 'Bearer t' });
    await writeFile(`${count}.no`, '');
    assert.deepEqual((await config.credentials('a')).headers, { Authorization: 'Bearer t' });
    const anew = { refused: given, signal: new AbortController().signal };
    await assert.rejects(config.credentials('a', anew), { reason: 'credentials', message: /SSO expired/ });
  });

  it('says that a context names a cluster that is not there', async () => {
    const text = JSON.stringify({ contexts: [{ name: 'a', context: { cluster: 'gone', user: 'a' } }] });
    const config = await loadKubeconfig(await files(text));
    await assert.rejects(config.credentials('a'), { reason: 'credentials', message: /cluster/ });
  });
});
