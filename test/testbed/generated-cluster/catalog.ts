import { applications } from './pod-template-spec.ts';
import { podObject } from './pods.ts';
import { type Numbers, Template } from './template.ts';
import { deploymentObject, replicaSetObject } from './workloads.ts';

/** How much there is. */
export interface Size {
  readonly deployments: number;
  readonly replicaSetsPerDeployment: number;
  readonly podsPerDeployment: number;
  readonly namespaces: number;
}

export const kinds = ['deployments', 'replicasets', 'pods'] as const;
export type Kind = (typeof kinds)[number];

/** An object as it was at a version. */
export interface Seen {
  readonly kind: Kind;
  readonly index: number;
  readonly version: number;
  readonly failing: boolean;
}

/** Ten digits, as all that follow. */
const firstVersion = 1_000_000_000;

/** All objects of a generated cluster: two small numbers each are kept, the rest is made from templates when asked for. */
export class Catalog {
  readonly size: Size;
  readonly counts: Readonly<Record<Kind, number>>;
  readonly #versions: Readonly<Record<Kind, Uint32Array>>;
  readonly #failing: Readonly<Record<Kind, Uint8Array>>;
  readonly #templates = new Map<string, Template>();
  #version = firstVersion;

  constructor(size: Size) {
    this.size = size;
    const { deployments } = size;
    this.counts = {
      deployments,
      replicasets: deployments * size.replicaSetsPerDeployment,
      pods: deployments * size.podsPerDeployment,
    };
    const each = <T>(make: (count: number) => T): Record<Kind, T> => ({
      deployments: make(this.counts.deployments),
      replicasets: make(this.counts.replicasets),
      pods: make(this.counts.pods),
    });
    this.#versions = each((count) => new Uint32Array(count).map(() => (this.#version += 1)));
    this.#failing = each((count) => new Uint8Array(count));
    // Every fiftieth deployment is in a crash loop, the rest is well.
    for (const kind of kinds)
      this.#failing[kind].forEach(
        (_, index, all) => (all[index] = this.#deploymentOf(kind, index) % 50 === 7 ? 1 : 0),
      );
  }

  /** The newest version of all. */
  get version(): number {
    return this.#version;
  }

  /** The object as it is now. */
  seen(kind: Kind, index: number): Seen {
    const version = this.#versions[kind][index] ?? 0;
    return { kind, index, version, failing: this.#failing[kind][index] === 1 };
  }

  /** The object changes: it begins or ends to fail. */
  change(kind: Kind, index: number): Seen {
    this.#version += 1;
    this.#versions[kind][index] = this.#version;
    this.#failing[kind][index] = 1 - (this.#failing[kind][index] ?? 0);
    return this.seen(kind, index);
  }

  namespaceOf(kind: Kind, index: number): string {
    return namespaceName(this.#deploymentOf(kind, index) % this.size.namespaces);
  }

  /** Bytes of the object's JSON. */
  lengthOf(seen: Seen): number {
    return this.#template(seen).length;
  }

  /** Writes the object's JSON to `target` from `at` on; gives the place after it. */
  write(seen: Seen, target: Buffer, at: number): number {
    return this.#template(seen).write(target, at, this.#numbers(seen));
  }

  json(seen: Seen): Buffer {
    const bytes = Buffer.allocUnsafe(this.lengthOf(seen));
    this.write(seen, bytes, 0);
    return bytes;
  }

  #deploymentOf(kind: Kind, index: number): number {
    const { replicaSetsPerDeployment, podsPerDeployment } = this.size;
    if (kind === 'deployments') return index;
    return Math.trunc(index / (kind === 'pods' ? podsPerDeployment : replicaSetsPerDeployment));
  }

  #numbers({ kind, index, version }: Seen): Numbers {
    const { namespaces, replicaSetsPerDeployment: revisions } = this.size;
    const deployment = this.#deploymentOf(kind, index);
    const replicaSet = kind === 'replicasets' ? index : deployment * revisions + revisions - 1;
    return { namespace: deployment % namespaces, deployment, replicaSet, pod: index, version };
  }

  #template({ kind, index, failing }: Seen): Template {
    const { replicaSetsPerDeployment: revisions, podsPerDeployment: pods } = this.size;
    const which = this.#deploymentOf(kind, index) % applications.length;
    const revision = kind === 'replicasets' ? (index % revisions) + 1 : revisions;
    const key = `${kind} ${which} ${revision} ${failing}`;
    const there = this.#templates.get(key);
    if (there !== undefined) return there;
    const application = applications[which];
    if (application === undefined) throw new Error(`There is no application ${which}.`);
    const made = new Template(
      kind === 'deployments'
        ? deploymentObject(application, { pods, revisions, failing })
        : kind === 'pods'
          ? podObject(application, revision, failing)
          : replicaSetObject(application, { pods, revision, current: revision === revisions, failing }),
    );
    this.#templates.set(key, made);
    return made;
  }
}

export function namespaceName(number: number): string {
  return `team-${String(number).padStart(3, '0')}`;
}
