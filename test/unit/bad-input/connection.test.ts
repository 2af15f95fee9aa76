import assert from 'node:assert/strict';
import { type Hole, startBlackHole, startMute } from '../../testbed/misbehaving/holes.ts';
import { startRefusingProxy } from '../../testbed/misbehaving/proxy.ts';
import { told, transportTo } from './asking.ts';

describe('a server that cannot be reached is told of', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function askedAt(url: string, more: { proxyUrl?: string; timeoutMs?: number } = {}): Promise<string> {
    const { proxyUrl, timeoutMs = 5_000 } = more;
    const transport = transportTo(url, proxyUrl === undefined ? {} : { proxyUrl });
    ends.push(() => transport.dispose());
    return told(transport.get('/api', {}, { timeoutMs }));
  }

  async function hole(start: () => Promise<Hole>): Promise<string> {
    const made = await start();
    ends.push(() => made.close());
    return `https://127.0.0.1:${made.port}`;
  }

  async function closedPort(): Promise<string> {
    const made = await startMute();
    await made.close();
    return `127.0.0.1:${made.port}`;
  }

  it('where it refuses the connection', async () => {
    assert.equal(
      await askedAt(`https://${await closedPort()}`),
      'https://127.0.0.1:PORT refuses the connection: nothing listens there (ECONNREFUSED). ' +
        'Check that the cluster runs, and the address and port of the server in the kubeconfig.',
    );
  });

  it('where its name is not known', async () => {
    // Longer than a label may be: no DNS need be there to say no.
    const host = `${'x'.repeat(64)}.invalid`;
    assert.equal(
      await askedAt(`https://${host}:6443`),
      `The name ${host} is not known to DNS (ENOTFOUND). Connect the VPN, or check the server address in the kubeconfig.`,
    );
  });

  it('where a firewall swallows the connection', async function () {
    if (process.platform !== 'linux') this.skip(); // Only there a full queue drops what comes.
    assert.equal(
      await askedAt(await hole(startBlackHole)),
      'https://127.0.0.1:PORT does not take the connection: a firewall or a missing VPN swallows it (UND_ERR_CONNECT_TIMEOUT). ' +
        'Connect the VPN, or check the server address in the kubeconfig.',
    );
  });

  it('where it takes the connection and is mute', async () => {
    assert.match(
      await askedAt(await hole(startMute)),
      /^https:\/\/127\.0\.0\.1:PORT does not take the connection: a firewall or a missing VPN swallows it/,
    );
    const url = (await hole(startMute)).replace('https', 'http');
    assert.equal(
      await askedAt(url, { timeoutMs: 200 }),
      'No answer from http://127.0.0.1:PORT in time: it is overloaded, or the connection hangs. ' +
        'Retry; if it stays, look at what is between here and the cluster: VPN, proxy, load balancer.',
    );
  });

  it('where it speaks something else', async () => {
    const url = await hole(() => startMute('SSH-2.0-OpenSSH_9.9\r\n'));
    assert.equal(
      await askedAt(url),
      'https://127.0.0.1:PORT does not speak TLS, though its address begins with https (ERR_SSL_WRONG_VERSION_NUMBER). ' +
        'Check scheme and port of the server address in the kubeconfig.',
    );
    assert.equal(
      await askedAt(url.replace('https', 'http')),
      'http://127.0.0.1:PORT does not speak HTTP: another program listens there. Check the address and port of the server in the kubeconfig.',
    );
  });

  it('where its address is none', async () => {
    assert.equal(
      await askedAt('not an address'),
      'The server address “not an address” in the kubeconfig is no address. Correct it: it begins with https:// and a host.',
    );
  });

  for (const [status, words] of [
    [
      407,
      'The proxy http://127.0.0.1:PORT wants a login (407). Put user and password into proxy-url in the kubeconfig, or into HTTPS_PROXY.',
    ],
    [
      502,
      'The proxy http://127.0.0.1:PORT makes no connection to https://127.0.0.1:PORT (502). ' +
        'Check whether this proxy may and can reach the cluster; else take it out for this address (NO_PROXY).',
    ],
    [
      403,
      'The proxy http://127.0.0.1:PORT makes no connection to https://127.0.0.1:PORT (403). ' +
        'Check whether this proxy may and can reach the cluster; else take it out for this address (NO_PROXY).',
    ],
  ] as const)
    it(`where its proxy answers ${status}`, async () => {
      const proxy = await startRefusingProxy(status);
      ends.push(() => proxy.close());
      assert.equal(await askedAt(`https://${await closedPort()}`, { proxyUrl: proxy.url }), words);
    });

  it('where its proxy is not there', async () => {
    const proxyUrl = `http://jane:secret@${await closedPort()}`;
    assert.equal(
      await askedAt('https://127.0.0.1:6443', { proxyUrl }),
      'The proxy http://127.0.0.1:PORT cannot be reached (ECONNREFUSED). ' +
        'Check proxy-url in the kubeconfig, HTTPS_PROXY and the setting http.proxy.',
    );
  });
});
