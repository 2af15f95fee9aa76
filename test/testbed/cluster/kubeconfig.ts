import { stringify } from 'yaml';
import type { KeyPair } from './certificates.ts';

export interface KubeconfigOptions {
  readonly server: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly authority: string;
  readonly identity: KeyPair;
  readonly user: string;
  readonly context: string;
}

/** The text of a kubeconfig with one context, holding all it needs within itself. */
export function kubeconfigText(options: KubeconfigOptions): string {
  const { context, user } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      {
        name: context,
        cluster: { server: options.server, 'certificate-authority-data': base64(options.authority) },
      },
    ],
    users: [
      {
        name: user,
        user: {
          'client-certificate-data': base64(options.identity.cert),
          'client-key-data': base64(options.identity.key),
        },
      },
    ],
    contexts: [
      {
        name: context,
        context: { cluster: context, user },
      },
    ],
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
