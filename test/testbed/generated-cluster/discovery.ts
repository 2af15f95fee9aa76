const verbs = ['get', 'list', 'watch'];

/** The kinds that the generated cluster knows, by path. The last two it has none of. */
export const resources = [
  { group: '/apis/apps/v1', name: 'deployments', kind: 'Deployment', shortNames: ['deploy'] },
  { group: '/apis/apps/v1', name: 'replicasets', kind: 'ReplicaSet', shortNames: ['rs'] },
  { group: '/api/v1', name: 'pods', kind: 'Pod', shortNames: ['po'] },
  { group: '/apis/apps/v1', name: 'statefulsets', kind: 'StatefulSet', shortNames: ['sts'] },
  { group: '/apis/apps/v1', name: 'daemonsets', kind: 'DaemonSet', shortNames: ['ds'] },
] as const;

/** What the API server says of itself, for clients that ask which kinds there are; undefined for other paths. */
export function discovery(path: string): object | undefined {
  const apps = { groupVersion: 'apps/v1', version: 'v1' };
  switch (path) {
    case '/version':
      return { major: '1', minor: '37', gitVersion: 'v1.37.0', platform: 'linux/amd64' };
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'] };
    case '/apis':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: [{ name: 'apps', versions: [apps], preferredVersion: apps }],
      };
    case '/api/v1':
    case '/apis/apps/v1':
      return {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: path.replace(/^\/apis?\//, ''),
        resources: resources
          .filter(({ group }) => group === path)
          .map(({ name, kind, shortNames }) => ({
            name,
            kind,
            shortNames,
            namespaced: true,
            singularName: '',
            verbs,
          })),
      };
    default:
      return undefined;
  }
}
