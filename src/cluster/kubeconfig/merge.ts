import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import {
  type ClusterEntry,
  type ContextEntry,
  type KubeconfigFile,
  kubeconfigFileOf,
  type UserEntry,
} from './schema.ts';
import { readYaml } from './yaml.ts';

/** An entry with the file that it comes from: its relative paths begin there. */
export interface Placed<Entry> {
  readonly entry: Entry;
  readonly file: string;
}

/** Several kubeconfig files as one. */
export interface MergedKubeconfig {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, Placed<ClusterEntry>>;
  readonly users: ReadonlyMap<string, Placed<UserEntry>>;
  readonly contexts: ReadonlyMap<string, Placed<ContextEntry>>;
  /** The files that were there. */
  readonly files: readonly string[];
}

/**
 * Reads the files and merges them: the first that has an entry of a name gives the whole entry, and the first that names a
 * current context gives it. Files that lack are left out. Throws an Error that names the file that cannot be read.
 * Source: client-go, tools/clientcmd/loader.go, ClientConfigLoadingRules.Load.
 */
export async function mergeKubeconfigs(files: readonly string[]): Promise<MergedKubeconfig> {
  const read = await Promise.all(files.map(async (file) => ({ file, content: await contentOf(file) })));
  const merged = {
    currentContext: '',
    clusters: new Map<string, Placed<ClusterEntry>>(),
    users: new Map<string, Placed<UserEntry>>(),
    contexts: new Map<string, Placed<ContextEntry>>(),
    files: [] as string[],
  };
  for (const { file, content } of read) {
    if (content === undefined) continue;
    merged.files.push(file);
    merged.currentContext ||= content['current-context'];
    for (const { name, cluster } of content.clusters)
      addFirst(merged.clusters, name, { entry: cluster, file });
    for (const { name, user } of content.users) addFirst(merged.users, name, { entry: user, file });
    for (const { name, context } of content.contexts)
      addFirst(merged.contexts, name, { entry: context, file });
  }
  return merged;
}

function addFirst<Value>(entries: Map<string, Value>, name: string, value: Value): void {
  if (!entries.has(name)) entries.set(name, value);
}

async function contentOf(file: string): Promise<KubeconfigFile | undefined> {
  try {
    return kubeconfigFileOf(await readYaml(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // The YAML library shows the line itself below its words: that may hold a token.
    const [words = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(`${file} cannot be read: ${words.replace(/:$/, '')}`, { cause: error });
  }
}

/** The cluster's entry with its paths made absolute. */
export function resolvedCluster({ entry, file }: Placed<ClusterEntry>): ClusterEntry {
  return { ...entry, 'certificate-authority': from(file, entry['certificate-authority']) };
}

/** The user's entry with its paths made absolute; a command without a slash stays one for PATH. */
export function resolvedUser({ entry, file }: Placed<UserEntry>): UserEntry {
  const { exec } = entry;
  return {
    ...entry,
    'client-certificate': from(file, entry['client-certificate']),
    'client-key': from(file, entry['client-key']),
    tokenFile: from(file, entry.tokenFile),
    ...(exec?.command.includes(sep) ? { exec: { ...exec, command: from(file, exec.command) } } : {}),
  };
}

function from(file: string, path: string): string {
  return path === '' || isAbsolute(path) ? path : join(resolve(dirname(file)), path);
}
