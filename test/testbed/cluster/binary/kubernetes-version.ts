/** A Kubernetes that the test cluster can be. */
export interface KubernetesVersion {
  /** Such as 37, of 1.37. */
  readonly minor: number;
  /** Such as `v1.37.2`. */
  readonly git: string;
  /** The file beside this one that names its Go modules; the sums are in the `.sum` of the same name. */
  readonly modfile: string;
}

const versions: Readonly<Record<string, KubernetesVersion>> = {
  '1.37': { minor: 37, git: 'v1.37.2', modfile: 'go.mod' },
  '1.36': { minor: 36, git: 'v1.36.2', modfile: 'go-1.36.mod' },
};

/** The one that TEST_KUBERNETES asks for, 1.37 by default. Throws where that is none of them. */
export function testedKubernetes(asked = process.env['TEST_KUBERNETES'] ?? ''): KubernetesVersion {
  const version = versions[asked === '' ? '1.37' : asked];
  if (version !== undefined) return version;
  const known = Object.keys(versions).join(', ');
  throw new Error(`TEST_KUBERNETES is "${asked}": the test cluster can be ${known}.`);
}
