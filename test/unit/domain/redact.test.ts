import assert from 'node:assert/strict';
import fc from 'fast-check';

import { redact, redactAll, redactedMark } from '../../../src/domain/redact.ts';

const characters = (from: string, minLength: number, maxLength = 24) =>
  fc.array(fc.constantFrom(...from.split('')), { minLength, maxLength }).map((each) => each.join(''));
const alphanumeric = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A secret that no rule takes for a word: it begins with a capital Q and has a digit. */
const secret = characters(`${alphanumeric}!$%*+-_~.`, 10).map((rest) => `Q7${rest}z`);
const words = fc.constantFrom('pod api-7x2k9q', 'back-off 40s', 'exit code 137', '', 'GET /health → 503');
const name = fc.constantFrom(
  ...['password', 'DB_PASSWORD', 'passwd', 'token', 'apiKey', 'API_KEY', 'api-key', 'client_secret', 'AUTH'],
  ...['clientSecret', 'AWS_SECRET_ACCESS_KEY', 'x-api-key', 'refresh_token', 'registry.credentials', 'pwd'],
);

/** All the ways in which a secret stands in a message, with its text. */
const leaking = fc
  .tuple(secret, name, words, words, characters('abcdefghijklmnopqrstuvwxyz', 1, 8))
  .chain(([secret, name, before, after, user]) =>
    fc
      .constantFrom(
        `${name}=${secret}`,
        `${name}: ${secret}`,
        `"${name}": "${secret}"`,
        JSON.stringify(JSON.stringify({ [name]: secret })),
        `{"${name}":"${secret}","image":"web:2"}`,
        `--${name}=${secret}`,
        `--${name} ${secret}`,
        `--${name}='${secret}'`,
        `https://host/path?page=1&${name}=${secret}&size=2`,
        `postgres://${user}:${secret}@db:5432/shop`,
        `https://:${secret}@git.example/repository`,
        `Authorization: Bearer ${secret}`,
        `authorization: Basic ${secret}`,
        `-H 'Authorization: ${secret}'`,
        `{"Authorization":"Bearer ${secret}"}`,
        `Bearer ${secret}`,
        `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
        `-----BEGIN PRIVATE KEY-----\n${secret}`,
        `{"kind":"Secret","data":{"a":"${secret}","b":"${secret}"}}`,
        `apiVersion: v1\ndata:\n  a: ${secret}\n  b: ${secret}\nkind: Secret\n`,
        `ghp_${secret.replaceAll(/\W/g, '').padEnd(24, '0')}`,
        `client-key-data: ${secret}`,
        `users:\n- name: ${user}\n  user:\n    client-key-data: ${secret}\n    token: ${secret}`,
        `.dockerconfigjson: ${secret}`,
        `{"auths":{"registry.example":{"username":"${user}","auth":"${secret}"}}}`,
        `{"name":"${name}","value":"${secret}"}`,
        `{"value":"${secret}","name":"${name}"}`,
        JSON.stringify(JSON.stringify({ name, value: secret })),
        `- name: ${name}\n  value: ${secret}\n`,
        `- value: "${secret}"\n  name: ${name}\n`,
        `${name}: |\n  ${secret}\n`,
        `${name}:\n  ${secret}\n`,
        `\n${name}=${secret},;&|${secret}\n`,
        `${name}: ["${secret}", "${secret}"]`,
        `${name} => "${secret}"`,
        `${name} := '${secret}'`,
        `${name}=(${secret})`,
        JSON.stringify(JSON.stringify(JSON.stringify({ [name]: secret }))),
        `password is ${secret}`,
        `the password "${secret}" is wrong`,
        `curl -u ${user}:${secret} https://host/`,
        `curl --user '${user}:${secret}' https://host/`,
        `kubectl create secret generic db --from-literal=url=${secret}`,
        `kubectl create secret generic db --from-literal url=${secret}`,
        `docker login registry.example -u ${user} -p ${secret}`,
        `sshpass -p ${secret} ssh host`,
        `mysql -h db -p${secret}`,
        `Cookie: a=${secret}; b=${secret}`,
        `Set-Cookie: ${user}=${secret}; HttpOnly`,
        `Authorization: Digest username="${user}", response="${secret}"`,
        `https://${secret.replaceAll(/\W/g, '0')}@git.example/repository`,
        `postgres://${user}:${secret}/${secret}@db:5432/shop`,
        `jdbc:oracle:thin:${user}/${secret}@db:1521`,
        `AccountName=a;AccountKey=${secret};EndpointSuffix=core`,
        `-----BEGIN PGP PRIVATE KEY BLOCK-----\n${secret}\n-----END PGP PRIVATE KEY BLOCK-----`,
        `https://hooks.slack.com/services/T0/B0/${secret.replaceAll(/\W/g, '0')}`,
        `{"kind":"Secret","data":{"a":"{${secret}","b":"${secret}"}}`,
        `{"kind":"Secret","data":{"a":"${secret}`,
        `{"applied":${JSON.stringify(JSON.stringify({ kind: 'Secret', data: { a: secret, b: secret } }))}}`,
        `items:\n- kind: Secret\n  data:\n    a: ${secret}\n    b: ${secret}\n`,
        `- data:\n    a: ${secret}\n  kind: Secret\n`,
        `eyJhbGciOi.${secret.replaceAll(/[^\w-]/g, '').padEnd(9, '0')}.c2ln`,
      )
      .map((text) => ({
        secret,
        before,
        after,
        text: [before, text, after].filter(Boolean).join(text.includes('\n') ? '\n' : ' '),
      })),
  );

/** What ends with the text or with its line alone. */
const swallowsTheRest = /-----BEGIN PRIVATE|cookie: |Digest |"a":"[^"]*$/i;

describe('what is written down', () => {
  it('never holds a secret, however it is spelled, and keeps the words around it', () => {
    fc.assert(
      fc.property(leaking, ({ secret, before, after, text }) => {
        const shown = redact(text);
        const bare = secret.replaceAll(/\W/g, '');
        assert.ok(!shown.includes(secret) && !shown.includes(bare), `${text} → ${shown}`);
        assert.ok(shown.includes(redactedMark), shown);
        assert.ok(shown.startsWith(before), shown);
        if (!swallowsTheRest.test(text)) assert.ok(shown.endsWith(after), shown);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same when it is redacted again', () => {
    const torn =
      '{"kind":"Secret","data":{"a":"Q75GzLcZc69mT6xUg!i~gXppzpod api-7x2k9q {"kind":"Secret","data":{"a":"{Q7mt~-bUJg9RshdLz","b":"Q7mt~-bUJg9RshdLz"}} GET /health';
    assert.equal(redact(redact(torn)), redact(torn));
    const pieces = fc.oneof(
      leaking.map(({ text }) => text),
      fc.string(),
      words,
      name,
      fc.constantFrom('=', ': ', '"', "'", '\n', '://', '@', redactedMark),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        const once = redact(parts.join(''));
        assert.equal(redact(once), once);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps what evidence is made of', () => {
    const evidence = [
      'MountVolume.SetUp failed for volume "db" : secret "db-credentials" not found',
      "couldn't find key password in Secret shop/db-credentials",
      'secretName: db-credentials',
      'secretKeyRef: {"name":"db","key":"url"}',
      'imagePullSecrets: registry',
      'error: You must be logged in to the server (Unauthorized): token: expired',
      'invalid bearer token, Token has expired',
      'Bearer authentication failed',
      'Failed to pull image "registry.example:5000/api:v2": unauthorized: authentication required',
      'GET https://api.example.com:8443/health?full=1 → 503 in 12 ms: {"db":"down"}',
      'kubectl rollout undo deployment/api --to-revision=7 -n shop --context prod-eu',
      'kubectl auth can-i create selfsubjectaccessreviews --as=jane -n shop',
      'author: jane, authors: jane and bob; passed: 3; compass=north; tokens 12',
      'pod api-6d4cf56db6-x2k9q: Back-off restarting failed container app',
      'sha256:3b1c9f0e2d4a5b6c7d8e9f00112233445566778899aabbccddeeff0011223344',
      'deployment-uid 0b8b2f6e-6a0c-4a53-9d3a-0d2f1d7c2b11',
      'dial tcp 10.0.0.1:443: connect: connection refused',
      '2026-01-01T00:01:00.000Z',
      'volumes:\n- name: db\n  secret:\n    secretName: db-v2\n- name: token\n  projected: {}',
      '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db-v2\n      key: url',
      '{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"url"}}}',
      '{"name":"LOG_LEVEL","value":"debug"}, {"name":"token","image":"web:2"}',
      'https://api.example.com:8443/users?mail=jane@example.com',
      'ssh://git@github.com/shop/api',
      'secret "db-v2" not found, password authentication failed for user "shop"',
      'kubectl logs -p web-7d9f8-x2k9q -c api',
      'admin@cluster jane:admin user@example.com',
    ];
    for (const text of evidence) assert.equal(redact(text), text);
  });

  it('redacts every text of a value, whatever its depth, and leaves all else as it is', () => {
    const value = {
      at: 'now',
      list: [{ note: 'token=abc123' }, 7, null, true],
      deep: { password: 'x', n: 1 },
      env: [{ name: 'DB_PASSWORD', value: 'x' }],
      auth: { user: 'x', n: 1 },
      secret: { kind: 'Secret', data: { a: 'x' } },
    };
    assert.deepEqual(redactAll(value), {
      at: 'now',
      list: [{ note: `token=${redactedMark}` }, 7, null, true],
      deep: { password: redactedMark, n: 1 },
      env: [{ name: 'DB_PASSWORD', value: redactedMark }],
      auth: { user: redactedMark, n: 1 },
      secret: { kind: redactedMark, data: { a: redactedMark } },
    });
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        assert.equal(JSON.stringify(redactAll(redactAll(json))), JSON.stringify(redactAll(json)));
      }),
    );
  });

  it('takes time in proportion to the text, however hostile', () => {
    const hostile = [
      'a:',
      'password',
      'a_',
      'token=',
      '"',
      '\\"',
      '-',
      'https://a:',
      'data:\n ',
      'eyJ',
      'token=\\\\"',
      'password: |\n ',
      'token:\n  a\n',
      'https://a:b/',
      'name: token\nvalue: ',
      '"name":"token","value":"',
      'docker login ',
      'redis-cli ',
      'token: [',
      '\n',
      'x-',
      'eyJ-',
      'bearer ',
      ' ',
    ];
    for (const piece of hostile) {
      // Of the processor, since others may use it too.
      const begun = process.cpuUsage();
      redact(`"kind":"Secret" kind: Secret\n${piece.repeat(100_000 / piece.length)}`);
      const took = process.cpuUsage(begun).user / 1000;
      assert.ok(took < 1500, `${piece}: ${took} ms`);
    }
  });
});
