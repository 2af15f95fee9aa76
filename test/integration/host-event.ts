/** What the tests inside the extension host tell the process that started VS Code, one at a time and in order. */
export type HostEvent =
  | { readonly kind: 'suite'; readonly depth: number; readonly title: string }
  | { readonly kind: 'passed'; readonly depth: number; readonly title: string; readonly milliseconds: number }
  | { readonly kind: 'skipped'; readonly depth: number; readonly title: string }
  | { readonly kind: 'failed'; readonly depth: number; readonly title: string; readonly error: string }
  /** All tests ran. */
  | { readonly kind: 'end' }
  /** They could not be run at all. */
  | { readonly kind: 'broken'; readonly error: string };

/** The environment variable with the loopback address that takes the events, each as the JSON body of a POST. */
export const EVENTS_ADDRESS = 'KUBERNETES_ROLLBACK_TEST_EVENTS';

/** The environment variable with the only words that titles of tests to be run must contain; all run without it. */
export const ONLY = 'KUBERNETES_ROLLBACK_TEST_GREP';
