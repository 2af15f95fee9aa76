import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

import { loadKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { ExecLogins } from '../../../src/cluster/kubeconfig/exec-logins.ts';
import { Transport } from '../../../src/cluster/http/transport.ts';
import { type Certificates, makeCertificates } from '../../testbed/cluster/certificates.ts';
import { eventually } from '../../testbed/eventually.ts';
import { LoginBed, printCredential } from './login-bed.ts';
import { type Arrival, type ArrivalServer, plainLoopback, tlsLoopback } from './tls-loopback.ts';

describe('a login', () => {
  let certificates: Certificates;
  let bed: LoginBed;
  let server: ArrivalServer;
  let accepts: (arrival: Arrival) => boolean;
  let transports: Transport[];

  before(async () => {
    certificates = await makeCertificates();
  });

  beforeEach(async () => {
    bed = await LoginBed.make();
    accepts = () => true;
    transports = [];
    server = await tlsLoopback(certificates, (arrival, response) => {
      response.writeHead(accepts(arrival) ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
    });
  });

  afterEach(async () => {
    for (const transport of transports) transport.dispose();
    await server.close();
    await bed.close();
  });

  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const cluster = () => ({
    server: server.url,
    'certificate-authority-data': base64(certificates.authority),
  });

  /** Transports for the contexts of these users, with one set of logins. */
  async function connect(users: Readonly<Record<string, object>>, timeoutMs?: number): Promise<Transport[]> {
    const file = await bed.kubeconfig(cluster(), users);
    const kubeconfig = await loadKubeconfig([file], { execLogins: new ExecLogins(timeoutMs) });
    transports = kubeconfig.contexts.map(
      ({ name, server: at }) => new Transport(at, (request) => kubeconfig.credentials(name, request)),
    );
    return transports;
  }

  async function connectOne(user: object, timeoutMs?: number): Promise<Transport> {
    const [transport] = await connect({ jane: user }, timeoutMs);
    assert.ok(transport);
    return transport;
  }

  const tokens = () => server.arrivals.map(({ headers }) => headers.authorization);

  it('runs its command once for many first requests, of two contexts with the same user too', async () => {
    const user = await bed.execUser(printCredential('{"token":"t"}'));
    const both = await connect({ jane: user, janeToo: user });
    await Promise.all(both.flatMap((api) => Array.from({ length: 10 }, () => api.get('/version'))));
    assert.equal(await bed.runs(), 1);
    assert.deepEqual(new Set(tokens()), new Set(['Bearer t']));
  });

  it('runs its command again when what it gave has expired', async () => {
    const expired = printCredential(
      '{"token":"t$(wc -l < runs | tr -d " ")","expirationTimestamp":"2001-01-01T00:00:00Z"}',
    );
    const api = await connectOne(await bed.execUser(expired));
    await api.get('/version');
    await api.get('/version');
    assert.deepEqual(tokens(), ['Bearer t1', 'Bearer t2']);
  });

  it('is renewed once after a 401, and the request is sent again', async () => {
    const api = await connectOne(
      await bed.execUser(printCredential('{"token":"t$(wc -l < runs | tr -d " ")"}')),
    );
    accepts = ({ headers }) => headers.authorization !== 'Bearer t1';
    await Promise.all(Array.from({ length: 10 }, () => api.get('/version')));
    assert.equal(await bed.runs(), 2);
  });

  it('that is refused twice is an error, and a watch does not ask for another', async () => {
    const api = await connectOne(
      await bed.execUser(printCredential('{"token":"t$(wc -l < runs | tr -d " ")"}')),
    );
    accepts = () => false;
    const refused = { reason: 'unauthorized', hint: /./ };
    await assert.rejects(api.get('/version'), refused);
    for (let times = 0; times < 3; times += 1) await assert.rejects(api.stream('/watch'), refused);
    assert.equal(await bed.runs(), 2);
  });

  it('with a token of the kubeconfig is not tried a second time after a 401', async () => {
    const api = await connectOne({ token: 'fixed' });
    accepts = () => false;
    await assert.rejects(api.get('/version'), { reason: 'unauthorized' });
    assert.equal(server.arrivals.length, 1);
  });

  it('takes the new token of a token file after a 401', async () => {
    await writeFile(bed.path('token'), 'old\n');
    const api = await connectOne({ tokenFile: 'token' });
    await api.get('/version');
    await writeFile(bed.path('token'), 'new\n');
    accepts = ({ headers }) => headers.authorization === 'Bearer new';
    await api.get('/version');
    assert.deepEqual(tokens(), ['Bearer old', 'Bearer old', 'Bearer new']);
  });

  it('shows a new certificate after its files have been rotated', async () => {
    const write = async (user: string): Promise<void> => {
      const { cert, key } = certificates.client(user);
      await writeFile(bed.path('new.crt'), cert);
      await writeFile(bed.path('jane.key'), key);
      await rename(bed.path('new.crt'), bed.path('jane.crt'));
    };
    await write('before');
    const api = await connectOne({ 'client-certificate': 'jane.crt', 'client-key': './jane.key' });
    await api.get('/version');
    await write('after');
    accepts = ({ certificate }) => certificate === 'after';
    await api.get('/version');
    assert.deepEqual(
      server.arrivals.map(({ certificate }) => certificate),
      ['before', 'before', 'after'],
    );
  });

  it('shows the certificate that its command gives, and the next one after a 401', async () => {
    for (const name of ['1', '2']) {
      const { cert, key } = certificates.client(`jane-${name}`);
      await writeFile(
        bed.path(`answer-${name}`),
        JSON.stringify({
          apiVersion: 'client.authentication.k8s.io/v1',
          kind: 'ExecCredential',
          status: { clientCertificateData: cert, clientKeyData: key },
        }),
      );
    }
    const api = await connectOne(await bed.execUser('cat answer-$(wc -l < runs | tr -d " ")'));
    accepts = ({ certificate }) => certificate === 'jane-2';
    await api.get('/version');
    assert.deepEqual(
      server.arrivals.map(({ certificate }) => certificate),
      ['jane-1', 'jane-2'],
    );
  });

  it('that hangs is ended with all that it started, says how long it had, and is not begun again by itself', async () => {
    const api = await connectOne(await bed.execUser('sleep 1000 & echo "$$ $!" > pids; wait'), 2_000);
    await assert.rejects(api.get('/version'), {
      reason: 'credentials',
      message: /context jane.*did not end within 2 s and was stopped/,
    });
    await eventually('the processes to end', async () => allGone(await bed.text('pids')));
    for (const ask of [api.stream('/watch'), api.get('/version')])
      await assert.rejects(ask, { reason: 'credentials' });
    assert.equal(await bed.runs(), 1);
  });

  it('that failed is not begun again by a watch, but by the next request', async () => {
    const api = await connectOne(await bed.execUser('exit 3'));
    await assert.rejects(api.get('/version'), { reason: 'credentials' });
    await assert.rejects(api.stream('/watch'), { reason: 'credentials', message: /exit code 3/ });
    assert.equal(await bed.runs(), 1);
    await assert.rejects(api.get('/version'), { reason: 'credentials' });
    assert.equal(await bed.runs(), 2);
  });

  it('is ended with its connection', async () => {
    const api = await connectOne(await bed.execUser('echo "$$" > pids; sleep 1000'));
    const asking = assert.rejects(api.get('/version'), { reason: 'aborted' });
    await eventually('the command', async () => (await bed.text('pids')) !== '');
    api.dispose();
    await asking;
    await eventually('the process to end', async () => allGone(await bed.text('pids')));
  });

  it('says while it waits that it does', async () => {
    const api = await connectOne(
      await bed.execUser('while [ ! -e go ]; do sleep 0.05; done\n' + printCredential('{"token":"t"}')),
    );
    const told: boolean[] = [];
    api.login.onDidChange(() => told.push(api.login.isWaiting));
    const asking = api.get('/version');
    await eventually('the word', async () => told.length === 1);
    await writeFile(bed.path('go'), '');
    await asking;
    assert.deepEqual(told, [true, false]);
  });

  it('is never sent over plain HTTP, where anybody could read it', async () => {
    const plain = await plainLoopback();
    const file = await bed.kubeconfig({ server: plain.url }, { jane: { token: 'secret', as: 'bob' } });
    const kubeconfig = await loadKubeconfig([file]);
    transports = [new Transport(plain.url, (request) => kubeconfig.credentials('jane', request))];
    await transports[0]?.get('/version');
    await plain.close();
    assert.equal(plain.arrivals[0]?.headers.authorization, undefined);
    assert.equal(plain.arrivals[0]?.headers['impersonate-user'], 'bob');
  });

  const failures: Readonly<Record<string, readonly [script: string, more: object, words: RegExp]>> = {
    'ends with an error': ['echo "SSO expired" >&2; exit 3', {}, /failed with exit code 3: SSO expired/],
    'prints no JSON': ['echo hello', {}, /decoding stdout/],
    'prints another version': [
      printCredential('{"token":"t"}', 'client.authentication.k8s.io/v1beta1'),
      {},
      /configured to use API version .*\/v1, plugin returned version .*\/v1beta1/,
    ],
    'prints no status': [printCredential('null'), {}, /didn't return a status field/],
    'prints no token': [printCredential('{}'), {}, /didn't return a token or cert\/key pair/],
    'prints a certificate without its key': [
      printCredential('{"clientCertificateData":"x"}'),
      {},
      /only certificate or key, not both/,
    ],
    'prints a certificate that is none': [
      printCredential('{"clientCertificateData":"x","clientKeyData":"y"}'),
      {},
      /certificate or key cannot be used/,
    ],
    'prints without end': ['yes', {}, /printed more than/],
    'needs a terminal': ['', { interactiveMode: 'Always' }, /standard input is not a terminal.*kubectl/],
    'is not installed': [
      '',
      { command: 'no-such-login', installHint: 'Get it from the shop' },
      /executable no-such-login not found.*Get it from the shop/,
    ],
    'is of a version that is no more': [
      '',
      { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      /invalid apiVersion/,
    ],
  };
  for (const [what, [script, more, words]] of Object.entries(failures))
    it(`says what is wrong with a command that ${what}`, async () => {
      const api = await connectOne(await bed.execUser(script, more));
      await assert.rejects(api.get('/version'), { reason: 'credentials', message: words });
      assert.equal(server.arrivals.length, 0);
    });
});

/** Whether none of these processes runs any more; one whose parent has not taken note of its end yet does not. */
function allGone(pids: string): boolean {
  return pids
    .split(/\s+/)
    .filter((pid) => pid !== '')
    .every((pid) => {
      try {
        process.kill(Number(pid), 0);
      } catch {
        return true;
      }
      return existsSync(`/proc/${pid}/stat`) && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    });
}
