import type { Fields } from '../../domain/rollout/kept-fields.ts';
import type { ApiError } from '../errors/api-error.ts';

/** An object of the API with what every object has. */
export interface WatchedObject {
  readonly metadata?: {
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly annotations?: Record<string, string>;
  };
}

/**
 * Who is told what a watch sees, in order. A list comes as `begin`, its rows as `upsert`, then `whole`: only then is gone
 * what was not among them. A list that is cut off begins again.
 */
export interface WatchListener<Row> {
  /** A list begins: what is held stays until it is `whole`. */
  begin(): void;
  /** A row that is there, listed or changed. */
  upsert(row: Row): void;
  /** An object that is not there, or no longer one to keep, by its uid; it may never have been told of. */
  remove(uid: string): void;
  /** What was not told of since `begin` is gone. */
  whole(): void;
  /** The list is whole and events flow. */
  live(): void;
  /**
   * The cluster cannot be seen at present; the watch goes on trying. `since`: ms since the epoch, when what was told was
   * last known to be true; undefined where no list was ever whole.
   */
  stale(error: ApiError, since: number | undefined): void;
  /** Reading is not allowed: the watch has ended. */
  refused(error: ApiError): void;
}

/** What is watched, and what is kept of each object. */
export interface WatchTarget<Json extends WatchedObject, Row> {
  /** e.g. `/apis/apps/v1/deployments` or `/apis/apps/v1/namespaces/x/deployments`. */
  readonly path: string;
  readonly fieldSelector?: string;
  /** The fields of each object that `read` reads: others are not parsed. All of them where absent. */
  readonly fields?: Fields;
  /** The row that is kept of an object of the path's kind; undefined for an object that is not kept. */
  readonly read: (json: Json) => Row | undefined;
}
