import type { LiveSource } from '../../src/host/documents/live-source.ts';

/** A live document's source as it is while somebody looks: its newest text, and the end of looking. */
export function followed(source: LiveSource): { text(): string; failure(): unknown; close(): void } {
  const looking = new AbortController();
  let text = '';
  let failure: unknown;
  source
    .follow((page) => {
      text = page.text;
    }, looking.signal)
    .catch((error: unknown) => {
      failure = error;
    });
  return { text: () => text, failure: () => failure, close: () => looking.abort() };
}
