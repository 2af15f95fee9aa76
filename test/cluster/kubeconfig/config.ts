/** The parts of a kubeconfig of one context `x`, for tests to vary. */
export interface ConfigParts {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
  /** Beside the lists, such as `current-context`. */
  readonly more?: object;
}

/** A kubeconfig as JSON, which is YAML: cluster `c`, user `u`, context `x`. */
export function config({ cluster = {}, user = {}, context = {}, more = {} }: ConfigParts): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', ...context } }],
    'current-context': 'x',
    ...more,
  });
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** One comparison with kubectl. */
export interface ParityCase {
  /** Texts by their paths, relative to the case's folder. */
  readonly files: Readonly<Record<string, string>>;
  /** KUBECONFIG's list, `config` alone by default; empty for no KUBECONFIG, with the folder as HOME. */
  readonly list?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** What both must say where both refuse; undefined where the request must arrive. */
  readonly refused?: RegExp;
  /** What we say where we differ on purpose. */
  readonly refusedByUs?: RegExp;
}

export type ParityCases = Readonly<Record<string, ParityCase>>;
