import { base64, config, type ParityCases } from './config.ts';
import type { Place } from './place.ts';

/** Files of each form, alone and several together. */
export function mergingCases({ cluster, certificates }: Place): ParityCases {
  const whole = config({ cluster, user: { token: 'abc' } });
  const jane = certificates.client('jane');
  const of = (text: string) => ({ files: { config: text } });
  const part = (parts: object) => JSON.stringify(parts);
  const yaml = (user: string, top = '', server = cluster.server) => `${top}
apiVersion: v1
kind: Config
# a comment
clusters:
- name: c
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(certificates.authority)}
users:
- name: u
  user: ${user}
contexts:
- name: x
  context: {cluster: c, user: u, namespace: shop}
current-context: x
`;
  return {
    'one file': of(whole),
    'a namespace': of(config({ cluster, user: { token: 'abc' }, context: { namespace: 'shop' } })),
    'YAML with comments': of(yaml('{token: abc}')),
    'the home folder’s file': { files: { '.kube/config': whole }, list: [] },
    'the same file twice': { files: { config: whole }, list: ['config', 'config'] },
    'a list with a file that is not there, an empty one and a comment': {
      files: { config: whole, empty: '', comment: '# nothing\n' },
      list: ['nowhere', 'empty', 'comment', 'config'],
    },
    'parts in several files, each with paths of its own': {
      files: {
        'a/cluster': part({
          clusters: [{ name: 'c', cluster: { server: cluster.server, 'certificate-authority': 'ca.crt' } }],
        }),
        'a/ca.crt': certificates.authority,
        'b/user': part({
          users: [
            {
              name: 'u',
              user: { 'client-certificate': '../keys/jane.crt', 'client-key': '../keys/jane.key' },
            },
          ],
        }),
        'keys/jane.crt': jane.cert,
        'keys/jane.key': jane.key,
        'c/context': part({
          contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
          'current-context': 'x',
        }),
      },
      list: ['a/cluster', 'b/user', 'c/context'],
    },
    'the same names in two files': {
      files: {
        one: config({ cluster, user: { token: 'first' }, context: { namespace: 'one' } }),
        two: config({
          cluster: { server: 'https://127.0.0.1:1', 'tls-server-name': 'never' },
          user: { token: 'second', as: 'bob' },
          context: { namespace: 'two' },
        }),
      },
      list: ['one', 'two'],
    },
    'a user whose first entry is empty': {
      files: { one: config({ cluster: { server: cluster.server } }), two: whole },
      list: ['two', 'one'],
    },
    'current contexts in two files': {
      files: {
        one: part({ 'current-context': '' }),
        two: config({ cluster, user: { token: 'abc' } }),
        three: part({ 'current-context': 'never', contexts: [{ name: 'never', context: {} }] }),
      },
      list: ['one', 'two', 'three'],
    },
    'a name twice in one file': {
      ...of(
        config({
          more: {
            users: [
              { name: 'u', user: {} },
              { name: 'u', user: {} },
            ],
          },
        }),
      ),
      refused: /duplicate name "u" in.* list/,
    },
    'lists that are null': {
      files: { config: whole, nulls: 'clusters: null\nusers:\ncontexts: ~\ncurrent-context: null\n' },
      list: ['nulls', 'config'],
    },
    'fields that nobody knows': of(
      config({
        cluster: { ...cluster, future: { a: 1 } },
        user: { token: 'abc', later: [] },
        more: { preferences: { colors: true }, extensions: [] },
      }),
    ),
    'text where a list should be': { ...of('clusters: hello\n'), refused: /clusters/ },
    'a list where a kubeconfig should be': { ...of('- 1\n- 2\n'), refused: /config/ },
    'text where a kubeconfig should be': { ...of('hello\n'), refused: /config/ },
    'what is no YAML': { ...of('clusters: [\n'), refused: /config/ },
    'a broken file after a good one': {
      files: { config: whole, broken: ': [' },
      list: ['config', 'broken'],
      refused: /broken/,
    },
    'another kind': {
      ...of(whole.replace('"Config"', '"Pod"')),
      refused: /no kind "Pod" is registered for version "v1"/,
    },
    'another version': {
      ...of(whole.replace('"v1"', '"v2"')),
      refused: /no kind "Config" is registered for version "v2"/,
    },
    'no kind and no version': of(whole.replace('"apiVersion":"v1","kind":"Config",', '')),
    'a number for a token': { ...of(yaml('{token: 12345}')), refused: /token/ },
    'a number in quotes for a token': of(yaml('{token: "12345"}')),
    'a letter that is a boolean in YAML 1.1 for a name': {
      ...of(yaml('{username: n, password: x}')),
      refused: /username/,
    },
    'a boolean of YAML 1.1': of(
      `clusters: [{name: c, cluster: {server: "${cluster.server}", insecure-skip-tls-verify: yes}}]\nusers: [{name: u, user: {token: abc}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n`,
    ),
    'a date and a time for names': of(yaml('{username: 2001-12-14, password: 12:30:45}')),
    'a key twice': of(yaml('{token: first, token: abc}')),
    'an anchor and a merge': of(yaml('{<<: *base, as: bob}', 'base: &base {token: abc}')),
    'two documents': of(`${yaml('{token: abc}')}---\n${yaml('{token: other}')}`),
    'a tab in what is JSON': of(whole.replace('{"apiVersion"', '{\n\t"apiVersion"')),
    'a byte order mark': of(`\u{feff}${whole}`),
    'Windows’ line ends': of(yaml('{token: abc}').replaceAll('\n', '\r\n')),
    'data that is not base64': {
      ...of(config({ cluster: { ...cluster, 'certificate-authority-data': '%%%%' } })),
      refused: /illegal base64 data/,
    },
    'data in base64 on several lines': of(
      config({
        cluster: {
          ...cluster,
          'certificate-authority-data': base64(certificates.authority).replaceAll(/(.{64})/g, '$1\n'),
        },
        user: { token: 'abc' },
      }),
    ),
    'a user that is not there': {
      ...of(config({ context: { user: 'gone' }, cluster })),
      refused: /user "?gone/,
    },
    'a cluster that is not there': {
      ...of(config({ context: { cluster: 'gone' } })),
      refused: /cluster "?gone/,
    },
    'a current context that is not there': {
      ...of(config({ more: { 'current-context': 'gone' } })),
      refused: /gone/,
    },
  };
}
