import * as v from 'valibot';
import type { ClusterEntry, ExecEntry } from './schema.ts';
import { readYaml } from './yaml.ts';

/** What a login command gave. */
export interface ExecCredential {
  readonly token?: string;
  /** Both PEM, or neither. */
  readonly certificate?: string;
  readonly key?: string;
  /** ms since the epoch; undefined is for as long as the extension runs. */
  readonly expiresAt?: number;
}

const apiVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/** Throws an Error in kubectl's words where the command cannot be run without a terminal, or in this version. */
export function refuseUnusable({ apiVersion, interactiveMode }: ExecEntry): void {
  if (!apiVersions.includes(apiVersion)) throw new Error(`exec plugin: invalid apiVersion "${apiVersion}"`);
  if (interactiveMode === 'Always')
    throw new Error(
      'exec plugin cannot support interactive mode: standard input is not a terminal. Log in by kubectl in a terminal first, or set interactiveMode to IfAvailable in the kubeconfig',
    );
}

/** The value of KUBERNETES_EXEC_INFO. `ca` is the certificate authority's PEM text. */
export function execInfo(exec: ExecEntry, cluster: ClusterEntry, ca: string | undefined): string {
  const config = cluster.extensions.find(
    ({ name }) => name === 'client.authentication.k8s.io/exec',
  )?.extension;
  const about = {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'] || undefined,
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] || undefined,
    'certificate-authority-data': ca === undefined ? undefined : Buffer.from(ca).toString('base64'),
    'proxy-url': cluster['proxy-url'] || undefined,
    'disable-compression': cluster['disable-compression'] || undefined,
    config: config ?? null,
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: { ...(exec.provideClusterInfo ? { cluster: about } : {}), interactive: false },
  });
}

const answerSchema = v.object({
  apiVersion: v.string(),
  kind: v.literal('ExecCredential'),
  status: v.nullish(
    v.object({
      expirationTimestamp: v.nullish(v.string()),
      token: v.nullish(v.string()),
      clientCertificateData: v.nullish(v.string()),
      clientKeyData: v.nullish(v.string()),
    }),
  ),
});

/** What the command printed. Throws an Error in kubectl's words where it is no credential. */
export async function execCredentialOf(output: string, { apiVersion }: ExecEntry): Promise<ExecCredential> {
  const parsed = v.safeParse(answerSchema, await readYaml(output));
  if (!parsed.success) throw new Error(`decoding stdout: ${parsed.issues[0].message}`);
  const { status } = parsed.output;
  if (parsed.output.apiVersion !== apiVersion)
    throw new Error(
      `exec plugin is configured to use API version ${apiVersion}, plugin returned version ${parsed.output.apiVersion}`,
    );
  if (!status) throw new Error("exec plugin didn't return a status field");
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = status;
  if (!token && !certificate && !key) throw new Error("exec plugin didn't return a token or cert/key pair");
  if (!certificate !== !key) throw new Error('exec plugin returned only certificate or key, not both');
  const expiresAt = Date.parse(expirationTimestamp ?? '');
  if (expirationTimestamp && Number.isNaN(expiresAt))
    throw new Error(`decoding stdout: the expirationTimestamp ${expirationTimestamp} is no time`);
  return {
    ...(token ? { token } : {}),
    ...(certificate && key ? { certificate, key } : {}),
    ...(expirationTimestamp ? { expiresAt } : {}),
  };
}
