import { readFile } from 'node:fs/promises';
import { isIdTokenValid, type OidcConfig, refreshIdToken } from './oidc-login.ts';
import { oidcFetch } from './oidc-fetch.ts';
import { storeTokens } from './oidc-store.ts';
import type { FallbackProxy } from './proxy.ts';

interface Provider {
  readonly name: string;
  readonly config: OidcConfig;
}

/** The tokens of `auth-provider` users: one refresh at a time for a user, and what it gave is written to the kubeconfig. */
export class OidcLogin {
  readonly #fileOf: (user: string) => string | undefined;
  readonly #fallbackProxy: () => FallbackProxy | undefined;
  readonly #configs = new Map<string, OidcConfig>();
  readonly #refreshing = new Map<string, Promise<OidcConfig>>();

  /** `fileOf` names the kubeconfig file that a user comes from. */
  constructor(fileOf: (user: string) => string | undefined, fallbackProxy: () => FallbackProxy | undefined) {
    this.#fileOf = fileOf;
    this.#fallbackProxy = fallbackProxy;
  }

  /** The user's id token, a new one where it has expired or was refused. Throws an Error in kubectl's words. */
  async token(
    user: string,
    { name, config }: Provider,
    isRefused: (token: string) => boolean,
  ): Promise<{ token: string }> {
    if (name === 'gcp' || name === 'azure')
      throw new Error(
        `the ${name} auth plugin has been removed. Use the "${name === 'gcp' ? 'gke-gcloud-auth-plugin' : 'kubelogin'}" credential plugin instead`,
      );
    if (name !== 'oidc') throw new Error(`no Auth Provider found for name "${name}"`);
    for (const key of ['idp-issuer-url', 'client-id'])
      if (!config[key]) throw new Error(`Must provide ${key}`);
    const present = this.#configs.get(user) ?? config;
    const idToken = present['id-token'];
    const valid = idToken ? isIdTokenValid(idToken, Date.now()) : false;
    if (idToken && valid && !(isRefused(idToken) && present['refresh-token'])) return { token: idToken };
    const refreshing = this.#refreshing.get(user) ?? this.#refresh(user, present);
    const fresh = await refreshing;
    return { token: fresh['id-token'] ?? '' };
  }

  #refresh(user: string, config: OidcConfig): Promise<OidcConfig> {
    const refreshing = this.#refreshed(user, config).finally(() => this.#refreshing.delete(user));
    this.#refreshing.set(user, refreshing);
    return refreshing;
  }

  async #refreshed(user: string, config: OidcConfig): Promise<OidcConfig> {
    const authority = config['idp-certificate-authority-data'];
    const file = config['idp-certificate-authority'];
    const ca = authority
      ? Buffer.from(authority, 'base64').toString('utf8')
      : file
        ? await readFile(file, 'utf8')
        : undefined;
    const fresh = await refreshIdToken(config, ca, oidcFetch(this.#fallbackProxy));
    // Kept before they are written: the old refresh token may be of no use already.
    this.#configs.set(user, fresh);
    const from = this.#fileOf(user);
    if (from === undefined) return fresh;
    try {
      await storeTokens(from, user, fresh);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`could not persist new tokens: ${words}`, { cause: error });
    }
    return fresh;
  }
}
