import * as v from 'valibot';

/** As Go reads JSON: null and what is missing are the type's zero, and other types are an error. */
const text = v.optional(
  v.pipe(
    v.nullable(v.string()),
    v.transform((value) => value ?? ''),
  ),
  '',
);
const flag = v.optional(
  v.pipe(
    v.nullable(v.boolean()),
    v.transform((value) => value ?? false),
  ),
  false,
);
const list = <Item extends v.GenericSchema>(item: Item) =>
  v.optional(
    v.pipe(
      v.nullable(v.array(item)),
      v.transform((value) => value ?? []),
    ),
    [],
  );
const map = <Value extends v.GenericSchema>(value: Value) =>
  v.optional(
    v.pipe(
      v.nullable(v.record(v.string(), value)),
      v.transform((record) => record ?? {}),
    ),
    {},
  );
const base64 = v.pipe(
  text,
  v.transform((value) => value.replaceAll(/[\r\n]/g, '')),
  v.check(
    (value) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value),
    'illegal base64 data',
  ),
);

const clusterSchema = v.object({
  server: text,
  'tls-server-name': text,
  'insecure-skip-tls-verify': flag,
  'certificate-authority': text,
  'certificate-authority-data': base64,
  'proxy-url': text,
  'disable-compression': flag,
  extensions: list(v.object({ name: text, extension: v.optional(v.unknown()) })),
});

const execSchema = v.object({
  command: text,
  args: list(v.string()),
  env: list(v.object({ name: text, value: text })),
  apiVersion: text,
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: text,
});

const userSchema = v.object({
  'client-certificate': text,
  'client-certificate-data': base64,
  'client-key': text,
  'client-key-data': base64,
  token: text,
  tokenFile: text,
  as: text,
  'as-uid': text,
  'as-groups': list(v.string()),
  'as-user-extra': map(list(v.string())),
  username: text,
  password: text,
  'auth-provider': v.nullish(v.object({ name: text, config: map(v.string()) })),
  exec: v.nullish(execSchema),
});

const contextSchema = v.object({ cluster: text, user: text, namespace: text });

/** A list is an object as well, to the schemas. */
const noList = v.check(
  (value: unknown) => !Array.isArray(value),
  'Invalid type: Expected Object but received Array',
);

/** An entry that is left out or null is an empty one. */
const inside = <Entries extends v.ObjectEntries>(schema: v.ObjectSchema<Entries, undefined>) =>
  v.optional(
    v.pipe(
      v.nullable(v.unknown()),
      v.transform((value) => value ?? {}),
      noList,
      schema,
    ),
    {},
  );

const fileSchema = v.object({
  apiVersion: text,
  kind: text,
  'current-context': text,
  clusters: list(v.object({ name: text, cluster: inside(clusterSchema) })),
  users: list(v.object({ name: text, user: inside(userSchema) })),
  contexts: list(v.object({ name: text, context: inside(contextSchema) })),
});

/** Entries with the names and the meaning that they have in the file. Source: client-go, tools/clientcmd/api/v1. */
export type ClusterEntry = v.InferOutput<typeof clusterSchema>;
export type UserEntry = v.InferOutput<typeof userSchema>;
export type ExecEntry = v.InferOutput<typeof execSchema>;
export type ContextEntry = v.InferOutput<typeof contextSchema>;
export type KubeconfigFile = v.InferOutput<typeof fileSchema>;

/** What a context without a user logs in with. */
export const noUser: UserEntry = v.parse(userSchema, {});

/**
 * What stands in one kubeconfig file. Unknown fields are passed over, and defaults are set as kubectl sets them. Throws an
 * Error that says which field is wrong.
 */
export function kubeconfigFileOf(parsed: unknown): KubeconfigFile {
  const result = v.safeParse(v.pipe(v.unknown(), noList, fileSchema), parsed ?? {});
  if (!result.success) {
    const [{ message }] = result.issues;
    const at = v.getDotPath(result.issues[0]);
    throw new Error(at === null ? `it is not a kubeconfig (${message})` : `${at}: ${message}`);
  }
  const { apiVersion, kind, clusters, users, contexts } = result.output;
  if ((kind || 'Config') !== 'Config' || (apiVersion || 'v1') !== 'v1')
    throw new Error(`no kind "${kind || 'Config'}" is registered for version "${apiVersion || 'v1'}"`);
  for (const [what, entries] of Object.entries({ clusters, users, contexts }))
    refuseDuplicates(what, entries);
  for (const { user } of users)
    // v1 must say it; the older version has the default. Source: SetDefaults_ExecConfig.
    if (user.exec?.interactiveMode === '' && /\/v1(alpha|beta)1$/.test(user.exec.apiVersion))
      user.exec.interactiveMode = 'IfAvailable';
  return result.output;
}

function refuseDuplicates(what: string, entries: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (seen.has(name)) throw new Error(`duplicate name "${name}" in its list of ${what}`);
    seen.add(name);
  }
}
