import { printCredential } from '../../unit/cluster/login-bed.ts';
import { config, type ParityCases } from './config.ts';
import type { Place } from './place.ts';

const v1 = 'client.authentication.k8s.io/v1';
const v1beta1 = 'client.authentication.k8s.io/v1beta1';

/** Users that log in by a command. What the command is told must be the same as well: it prints it into the file `info`. */
export function commandCases({ cluster, certificates, proxy }: Place): ParityCases {
  const { cert, key } = certificates.client('from-command');
  const script = (print: string) =>
    `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> "$(dirname "$0")/info"\n${print}\n`;
  const exec = (more: object = {}) => ({
    apiVersion: v1,
    command: './login',
    interactiveMode: 'Never',
    ...more,
  });
  const of = (entry: object, print = printCredential('{"token":"by-command"}'), more = {}) => ({
    files: {
      config: config({ cluster: { ...cluster, ...more }, user: { exec: entry } }),
      login: script(print),
    },
  });
  const withCertificate = JSON.stringify({
    apiVersion: v1,
    kind: 'ExecCredential',
    status: { clientCertificateData: cert, clientKeyData: key },
  });
  const extensions = [
    { name: 'client.authentication.k8s.io/exec', extension: { audience: 'a', deep: [1, true] } },
    { name: 'other', extension: {} },
  ];
  return {
    'a command': of(exec()),
    'a command of v1beta1': of(
      exec({ apiVersion: v1beta1, interactiveMode: undefined }),
      printCredential('{"token":"beta"}', v1beta1),
    ),
    'a command with arguments and variables': of(
      exec({ args: ['one', 'two words'], env: [{ name: 'WHO', value: 'jane' }] }),
      printCredential('{"token":"$WHO-$1-$(echo $2 | tr " " -)"}'),
    ),
    'a command that gives a certificate': of(exec(), `cat <<'EOF'\n${withCertificate}\nEOF`),
    'a command that is told of the cluster': of(exec({ provideClusterInfo: true }), undefined, {
      'tls-server-name': 'localhost',
      'disable-compression': true,
      extensions,
    }),
    'a command that is told of the cluster behind a proxy': of(
      exec({ provideClusterInfo: true }),
      undefined,
      {
        'proxy-url': `http://127.0.0.1:${proxy.port}`,
      },
    ),
    'a command and a token': {
      files: { config: config({ cluster, user: { token: 'abc', exec: exec({ command: 'nowhere' }) } }) },
    },
    'a command that answers in YAML': of(
      exec(),
      `echo "apiVersion: ${v1}"; echo 'kind: ExecCredential'; echo 'status: {token: yaml}'`,
    ),
    'a command that is not installed': {
      ...of(exec({ command: 'no-such-login', installHint: 'Get it from the shop' })),
      refused: /executable no-such-login not found.*client-go credential plugin.*Get it from the shop/s,
    },
    'a command that fails': {
      ...of(exec(), 'exit 3'),
      refused: /executable .*login failed with exit code 3/,
    },
    'a command that says nothing': {
      ...of(exec(), 'true'),
      refused: /plugin returned version/,
      refusedByUs: /decoding stdout/,
    },
    'a command that gives nothing': {
      ...of(exec(), printCredential('{}')),
      refused: /exec plugin didn't return a token or cert\/key pair/,
    },
    'a command that gives half a certificate': {
      ...of(exec(), printCredential('{"clientKeyData":"x"}')),
      refused: /exec plugin returned only certificate or key, not both/,
    },
    'a command that answers in another version': {
      ...of(exec(), printCredential('{"token":"t"}', v1beta1)),
      refused: /exec plugin is configured to use API version .*\/v1, plugin returned version .*\/v1beta1/,
    },
    'a command of a version that is no more': {
      ...of(exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1' })),
      refused: /exec plugin: invalid apiVersion/,
    },
    'a command that does not say whether it needs a terminal': {
      ...of(exec({ interactiveMode: undefined })),
      refused: /interactiveMode must be specified for u to use exec authentication plugin/,
    },
    'a command that needs a terminal': {
      ...of(exec({ interactiveMode: 'Always' })),
      refused: /exec plugin cannot support interactive mode: standard input is not a terminal/,
    },
    'a command that would like a terminal': of(exec({ interactiveMode: 'IfAvailable' })),
    'a command beside an auth provider': {
      files: { config: config({ cluster, user: { exec: exec(), 'auth-provider': { name: 'oidc' } } }) },
      refused: /authProvider cannot be provided in combination with an exec plugin for u/,
    },
  };
}
