/** Why there is no kubeconfig to work with. */
export class KubeconfigError extends Error {
  readonly reason: 'missing' | 'unreadable';

  constructor(reason: 'missing' | 'unreadable', message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubeconfigError';
    this.reason = reason;
  }
}
