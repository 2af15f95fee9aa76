import { X509Certificate } from 'node:crypto';

/**
 * When a client certificate (PEM) expired; undefined where it has not, or is none. The API server lets an expired one
 * through the handshake and answers 401 like for any unknown login.
 */
export function expiryPast(cert: string | undefined): Date | undefined {
  if (cert === undefined) return undefined;
  try {
    const expires = new X509Certificate(cert).validToDate;
    return expires.getTime() < Date.now() ? expires : undefined;
  } catch {
    return undefined; // Not PEM: nothing is known of it, and the 401 stands for itself.
  }
}
