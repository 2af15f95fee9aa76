import assert from 'node:assert/strict';
import {
  type DeploymentName,
  readDeployment,
  readReplicaSets,
} from '../../../src/cluster/reads/deployments.ts';
import type { Transport } from '../../../src/cluster/http/transport.ts';
import {
  answer,
  corrupted,
  cutOff,
  endless,
  type Fault,
  half,
  reset,
  status,
  webPage,
} from '../../testbed/misbehaving/faults.ts';
import type { MisbehavingServer } from '../../testbed/misbehaving/server.ts';
import { failureOf, told, transportTo } from './asking.ts';
import { api, apiDeployment, startShop } from './shop.ts';

const between = 'look at what is between here and the cluster: VPN, proxy, load balancer.';
const checkAddress = 'Check the server address in the kubeconfig, and the proxy.';
const server = 'http://127.0.0.1:PORT';

/** What the API server or something in between answers, and what a person is told. */
const cases: Readonly<Record<string, readonly [Fault, string]>> = {
  'an unknown login': [
    status(401, 'Unauthorized'),
    `${server} does not accept the login of this context: it has expired or is not known there (401). Log in to the cluster again, then retry.`,
  ],
  'a missing right in a namespace': [
    status(
      403,
      'deployments.apps "api" is forbidden: User "jane" cannot get resource "deployments" in API group "apps" in the namespace "shop"',
    ),
    'User "jane" may not get deployments.apps in namespace "shop" (403). Ask for a role that allows it, or choose a context whose user has one.',
  ],
  'a missing right in the whole cluster': [
    status(
      403,
      'pods is forbidden: User "system:serviceaccount:ci:bot" cannot list resource "pods" in API group "" at the cluster scope',
    ),
    'User "system:serviceaccount:ci:bot" may not list pods in the whole cluster (403). Ask for a role that allows it, or choose a context whose user has one.',
  ],
  'that it does not know who asks': [
    status(
      403,
      'deployments.apps "api" is forbidden: User "system:anonymous" cannot get resource "deployments" in API group "apps" in the namespace "shop"',
    ),
    `${server} does not know who asks: the context has no login, or sends none (403). Choose a context with a login, or log in to the cluster again.`,
  ],
  'that it is gone': [
    status(404, 'deployments.apps "api" not found'),
    'deployments.apps "api" not found (404). It may have been deleted: refresh the tree.',
  ],
  'that there is no such API': [
    answer(404, '404 page not found\n'),
    `${server} has no /apis/apps/v1/namespaces/shop/deployments/api: it is no Kubernetes API server, or lacks this API (404). Check the server address in the kubeconfig: its path may be missing.`,
  ],
  'that others changed it': [
    status(409, 'Operation cannot be fulfilled on deployments.apps "api": the object has been modified'),
    'Operation cannot be fulfilled on deployments.apps "api": the object has been modified (409). Somebody else changed it in between: look at it again, then retry.',
  ],
  'that it is not valid': [
    status(422, 'Deployment.apps "api" is invalid: spec.replicas: must be greater than or equal to 0'),
    'Deployment.apps "api" is invalid: spec.replicas: must be greater than or equal to 0 (422). Nothing was changed. Look at it again, then retry.',
  ],
  'that it has too much to do': [
    status(429, 'too many requests', { 'retry-after': '30' }),
    `${server} has too many requests to answer now, and asks to wait 30 s (429). Retry after that time.`,
  ],
  'that it failed': [
    status(500, 'etcdserver: request timed out'),
    `${server} has failed inside: etcdserver: request timed out (500). Retry; if it stays, the API server needs help: \`kubectl get --raw /readyz?verbose\`.`,
  ],
  'that it is starting': [
    status(503, 'the server is currently unable to handle the request'),
    `${server} is not available now, it may be starting or overloaded: the server is currently unable to handle the request (503). Retry in some seconds; if it stays, the API server needs help.`,
  ],
  'the page of a gateway': [
    webPage(502, '502 Bad Gateway'),
    `Something between here and ${server} answers in its place: the answer is “502 Bad Gateway” (502). Retry; if it stays, ${between}`,
  ],
  'a login page as if all were well': [
    webPage(200, 'Sign in to Guest Wi-Fi'),
    `${server} answers with a web page instead of Kubernetes objects, as login pages and proxies do: “Sign in to Guest Wi-Fi”. Log in to the network or VPN; else check the server address in the kubeconfig, and the proxy.`,
  ],
  'a login page with 403': [
    webPage(403, 'Blocked'),
    `${server} answers with a web page instead of Kubernetes objects, as login pages and proxies do: the answer is “Blocked” (403). Log in to the network or VPN; else check the server address in the kubeconfig, and the proxy.`,
  ],
  'a redirect': [
    answer(302, '', { location: 'https://sso.example/login' }),
    `${server} sends on to https://sso.example/login, which is not followed: the login would go along (302). ${checkAddress}`,
  ],
  'a page that is said to be JSON': [
    answer(200, '<html><title>Hello</title></html>', { 'content-type': 'application/json' }),
    `The answer is no Kubernetes object, something else answers in its place: “Hello”. ${checkAddress}`,
  ],
  nothing: [
    answer(200, '', { 'content-type': 'application/json' }),
    `The answer is no Kubernetes object, something else answers in its place: nothing. ${checkAddress}`,
  ],
  'a body that is cut off': [
    cutOff,
    `The answer of ${server} was cut off before its end (UND_ERR_SOCKET). Retry; if it stays, ${between}`,
  ],
  'a reset': [
    reset,
    `${server} ended the connection without an answer (ECONNRESET). Retry; if it stays, ${between}`,
  ],
};

describe('what an API server answers is told when it is', () => {
  let shop: MisbehavingServer;
  let transport: Transport;
  beforeEach(async () => {
    shop = await startShop();
    transport = transportTo(shop.url);
  });
  afterEach(async () => {
    transport.dispose();
    await shop.close();
  });
  const read = (name: DeploymentName = api) => readDeployment(transport, name);

  for (const [what, [fault, words]] of Object.entries(cases))
    it(what, async () => {
      shop.fault({ verb: 'get' }, fault);
      assert.equal(await told(read()), words);
    });

  it('half of a body as if it were all', async () => {
    shop.fault({ verb: 'get' }, half);
    assert.match(
      await told(read()),
      /^The answer is cut off, or no whole JSON: “\{"apiVersion":"apps\/v1",.*”\. Retry; if it stays, look at/,
    );
  });

  it('a deployment that is none: something missing, or of another kind than it must be', async () => {
    const wrong: Readonly<Record<string, [unknown, string]>> = {
      metadata: [null, 'metadata is null, not Object'],
      'metadata.uid': [undefined, 'metadata.uid is missing'],
      'metadata.generation': ['5', 'metadata.generation is "5", not number'],
      'spec.replicas': ['3', 'spec.replicas is "3", not number'],
      'spec.paused': ['false', 'spec.paused is "false", not boolean'],
      'spec.template.spec.containers': [{}, 'spec.template.spec.containers is Object, not Array'],
    };
    for (const [field, [value, words]] of Object.entries(wrong)) {
      const mend = shop.fault(
        { verb: 'get' },
        corrupted((body) => withField(body, field.split('.'), value)),
      );
      assert.equal(
        await told(read()),
        `The answer is not as Kubernetes gives it: in a Deployment ${words}. ` +
          'Nothing is decided on it. Check the server address in the kubeconfig, and the proxy.',
      );
      mend();
    }
  });

  it('a list without items, which is an empty one, and one of something else', async () => {
    const list = () => readReplicaSets(transport, apiDeployment());
    const mend = shop.fault(
      { verb: 'list' },
      corrupted((body) => withField(body, ['items'], null)),
    );
    assert.deepEqual(await list(), []);
    mend();
    shop.fault(
      { verb: 'list' },
      corrupted((body) => withField(body, ['items', '0', 'metadata'], undefined)),
    );
    assert.match(await told(list()), /in a list of ReplicaSets items\.0\.metadata is missing\./);
  });

  it('larger than any answer, and is not read to its end', async function () {
    this.timeout(60_000);
    const { fault, taken } = endless();
    shop.fault({ verb: 'get' }, fault);
    assert.equal(
      await told(transport.get('/apis', {}, { timeoutMs: 50_000 })),
      `The answer of ${server} is larger than 128 MB, and was not read to its end. ${checkAddress}`,
    );
    assert.ok(taken() < 200 * 1024 * 1024);
  });

  it('late by a second, and answers then what was asked, without a word', async () => {
    shop.fault({ verb: 'get', nth: 1 }, status(429, 'too many requests', { 'retry-after': '1' }));
    assert.equal((await read()).metadata?.uid, 'deployment-uid');
    assert.equal(shop.asked.length, 2);
    const { retryAfterSeconds } = await failureAfter(status(503, 'later', { 'retry-after': '60' }));
    assert.equal(retryAfterSeconds, 60);
  });

  it('nothing since a kept connection was closed, and is asked a second time', async () => {
    shop.fault({ verb: 'get', nth: 1 }, reset);
    assert.equal((await read()).metadata?.uid, 'deployment-uid');
    assert.equal(shop.asked.length, 2);
  });

  it('a fault, and goes on when the fault is over', async () => {
    const mend = shop.fault({}, webPage(503, 'Maintenance'));
    await failureOf(read());
    mend();
    assert.equal((await read()).metadata?.uid, 'deployment-uid');
  });

  async function failureAfter(fault: Fault) {
    shop.fault({ verb: 'get' }, fault);
    return failureOf(read());
  }
});

/** A copy with another value in one field. */
function withField(body: unknown, [field = '', ...rest]: readonly string[], value: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const inner: unknown = Reflect.get(body, field);
  const changed = rest.length === 0 ? value : withField(inner, rest, value);
  return Array.isArray(body)
    ? body.map((item: unknown, index) => (String(index) === field ? changed : item))
    : { ...body, [field]: changed };
}
