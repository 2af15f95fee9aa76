import assert from 'node:assert/strict';
import { type Certificates, type KeyPair, makeCertificates } from '../../testbed/cluster/certificates.ts';
import { status } from '../../testbed/misbehaving/faults.ts';
import { startMisbehaving } from '../../testbed/misbehaving/server.ts';
import { connectionError } from '../../../src/cluster/errors/connection-error.ts';
import type { Credentials } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { told, transportTo } from './asking.ts';

describe('a certificate that does not do is told of', () => {
  const past = new Date('2026-01-02T00:00:00Z');
  let own: Certificates;
  let other: Certificates;
  const ends: (() => unknown)[] = [];
  before(async () => {
    [own, other] = await Promise.all([makeCertificates(), makeCertificates()]);
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  async function asked(identity: KeyPair, credentials: Partial<Credentials>): Promise<string> {
    const server = await startMisbehaving(identity);
    server.fault({}, status(401, 'Unauthorized'));
    const transport = transportTo(server.url, credentials);
    ends.push(
      () => transport.dispose(),
      () => server.close(),
    );
    return told(transport.get('/api'));
  }

  it('where the server’s has expired', async () => {
    assert.equal(
      await asked(own.serverLike({ from: new Date('2025-01-01'), until: past }), { ca: own.authority }),
      "The certificate of https://127.0.0.1:PORT has expired (CERT_HAS_EXPIRED). Its administrator must renew it; check this machine's clock too.",
    );
  });

  it('where the server’s is of tomorrow', async () => {
    assert.equal(
      await asked(own.serverLike({ from: new Date(Date.now() + 86_400_000) }), { ca: own.authority }),
      "The certificate of https://127.0.0.1:PORT is not valid yet (CERT_NOT_YET_VALID). Check this machine's clock.",
    );
  });

  it('where the server’s is signed by another authority, or by none that is known', async () => {
    const words = (code: string) =>
      'The certificate of https://127.0.0.1:PORT is signed by an authority that the kubeconfig does not name: ' +
      `it may be another cluster, or something in between (${code}). ` +
      'Check certificate-authority in the kubeconfig, or get a new kubeconfig.';
    const seen = [await asked(own.server, { ca: other.authority }), await asked(own.server, {})];
    const codes = [
      'CERT_SIGNATURE_FAILURE',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ];
    for (const one of seen) assert.ok(codes.map(words).includes(one), one);
  });

  it('where the server’s is made for other hosts', async () => {
    const identity = own.serverLike({ dnsNames: ['api.prod.example', 'kubernetes'] });
    assert.equal(
      await asked(identity, { ca: own.authority }),
      'The certificate of https://127.0.0.1:PORT is made for other names: api.prod.example, kubernetes (ERR_TLS_CERT_ALTNAME_INVALID). ' +
        'Use one of these names as the server address in the kubeconfig, or name it in tls-server-name.',
    );
  });

  it('where the client’s has expired, which the API server only calls unauthorized', async () => {
    const expired = own.clientLike('jane', { from: new Date('2025-01-01'), until: past });
    assert.equal(
      await asked(own.server, { ca: own.authority, ...expired }),
      'The client certificate of the kubeconfig expired on 2026-01-02 (401). ' +
        'Log in to the cluster again or get a new kubeconfig, then retry.',
    );
  });

  it('where the client’s is refused in the handshake, as only other servers than Kubernetes’ do', () => {
    const alert = Object.assign(new Error('tlsv13 alert certificate required'), {
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    });
    const { message, hint } = connectionError(alert, { server: 'https://proxy' });
    assert.equal(
      `${message} ${hint}`,
      'https://proxy refuses the client certificate of the kubeconfig: tlsv13 alert certificate required (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED). ' +
        'Log in to the cluster again or get a new kubeconfig, then retry.',
    );
  });

  it('where the client’s does not fit its key, or is none', async () => {
    const { cert } = own.client('jane');
    for (const [pair, detail] of [
      [{ cert, key: other.client('jane').key }, /key values mismatch/],
      [{ cert: 'nonsense', key: 'nonsense' }, /.+/],
    ] as const) {
      const words = await asked(own.server, { ca: own.authority, ...pair });
      assert.match(
        words,
        /^The kubeconfig's certificates or key cannot be used: .* \(ERR_OSSL_\w+\)\. Log in to the cluster again or get a new kubeconfig, then retry\.$/,
      );
      assert.match(words, detail);
    }
  });

  it('where the address says http and the server speaks TLS', async () => {
    const server = await startMisbehaving(own.server);
    const transport = transportTo(server.url.replace('https', 'http'));
    ends.push(
      () => transport.dispose(),
      () => server.close(),
    );
    const words = await told(transport.get('/api'));
    assert.match(
      words,
      /^http:\/\/127\.0\.0\.1:PORT (ended the connection without an answer|does not speak HTTP)/,
    );
  });
});
