import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Page } from '../../views/documents/page.ts';

/** What a live document shows, and how it is kept true. */
export interface LiveSource {
  /** `Events of veza-backend-api`, for the time before the first page. */
  readonly title: string;
  /** Whether a person who looks at the end is kept there when lines are added. */
  readonly followsEnd?: boolean;
  /** What a notice begins with, so that the document stays in its language. */
  readonly noticePrefix?: string;
  /** What it is of, where that is one object. */
  readonly object?: ObjectReference;
  /**
   * Shows pages as the cluster changes, until `signal` aborts. Called only while somebody looks, again after each pause.
   * Resolves where there will be nothing more to show; rejects with what went wrong, and is called again after a while.
   */
  follow(show: (page: Page) => void, signal: AbortSignal): Promise<void>;
}
