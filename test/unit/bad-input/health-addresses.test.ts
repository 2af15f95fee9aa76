import assert from 'node:assert/strict';
import { probe } from '../../../src/runs/http-probe.ts';
import { type Certificates, makeCertificates } from '../../testbed/cluster/certificates.ts';
import { startBlackHole, startMute } from '../../testbed/misbehaving/holes.ts';
import { startMisbehaving } from '../../testbed/misbehaving/server.ts';

describe('a health address that is not as it should be fails its check with words', () => {
  let certificates: Certificates;
  const ends: (() => unknown)[] = [];
  before(async () => {
    certificates = await makeCertificates();
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function failure(url: string): Promise<string> {
    const result = await probe(url);
    assert.ok(result.kind === 'failed', 'it fails');
    return result.message;
  }

  it('where its certificate is not trusted by this machine', async () => {
    const server = await startMisbehaving(certificates.server);
    ends.push(() => server.close());
    assert.match(
      await failure(server.url),
      /^its certificate is signed by an authority that this machine does not know \(UNABLE_TO_\w+\)$/,
    );
  });

  it('where it does not speak TLS, or not HTTP', async () => {
    const mute = await startMute('SSH-2.0-OpenSSH_9.9\r\n');
    ends.push(() => mute.close());
    assert.equal(
      await failure(`https://127.0.0.1:${mute.port}/`),
      'it does not speak TLS: the address may have to begin with http: (ERR_SSL_WRONG_VERSION_NUMBER)',
    );
    assert.equal(
      await failure(`http://127.0.0.1:${mute.port}/`),
      'it does not speak HTTP: another program listens there',
    );
  });

  it('where a firewall swallows the connection', async function () {
    if (process.platform !== 'linux') this.skip(); // Only there a full queue drops what comes.
    const hole = await startBlackHole();
    ends.push(() => hole.close());
    assert.match(
      await failure(`http://127.0.0.1:${hole.port}/`),
      /^(no answer within 5 s|it does not take the connection, as behind a firewall \(UND_ERR_CONNECT_TIMEOUT\))$/,
    );
  });
});
