import { ending, kubernetesNames } from './pod-cause.ts';
import type { PodProblem, PodProblemKind, PodRecord } from './records.ts';

/** The problem of several pods at once, for a tree row. */
const shortCauses: Readonly<Record<PodProblemKind, string>> = {
  crashLoop: 'crash loop',
  outOfMemory: 'out of memory',
  imagePull: 'image cannot be pulled',
  configuration: 'configuration missing',
  startError: 'cannot start',
  evicted: 'evicted',
  failed: 'failed',
  nodeLost: 'node lost',
  unschedulable: 'cannot be scheduled',
  notReady: 'not ready',
};

/** A problem's name in two or three words: `crash loop`. */
export function shortCause(kind: PodProblemKind): string {
  return shortCauses[kind];
}

/**
 * What is wrong with these pods, the problem of the most pods first: `3 pods crash-looping (exit code 1)`,
 * `2 pods cannot pull registry/x:tag, 1 pod evicted`. Pods without a problem are left out.
 */
export function problemWords(pods: readonly PodRecord[]): string {
  return problemGroups(pods)
    .map(({ words, count }) => `${count} ${count === 1 ? 'pod' : 'pods'} ${words}`)
    .join(', ');
}

/** The kind of problem that most of these pods have; at a tie the first. Undefined where none has one. */
export function mainProblem(pods: readonly PodRecord[]): PodProblemKind | undefined {
  return problemGroups(pods)[0]?.kind;
}

interface ProblemGroup {
  readonly words: string;
  readonly kind: PodProblemKind;
  readonly count: number;
}

function problemGroups(pods: readonly PodRecord[]): readonly ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const pod of pods) {
    if (pod.problem === undefined) continue;
    const words = wordsOf(pod, pod.problem);
    groups.set(words, { words, kind: pod.problem.kind, count: (groups.get(words)?.count ?? 0) + 1 });
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count);
}

function wordsOf(pod: PodRecord, problem: PodProblem): string {
  return problem.init ? `${verb(pod, problem)} in init container ${problem.container}` : verb(pod, problem);
}

function verb(pod: PodRecord, { kind, detail }: PodProblem): string {
  switch (kind) {
    case 'crashLoop':
      return `${pod.restarts === 0 ? 'crashed' : 'crash-looping'} (${ending(pod)})`;
    case 'outOfMemory':
      return 'out of memory (OOMKilled)';
    case 'imagePull':
      return `cannot pull ${detail}`;
    case 'configuration':
      return `cannot start (${kubernetesNames(detail)})`;
    case 'startError':
      return `cannot start (${detail})`;
    case 'evicted':
      return 'evicted';
    case 'failed':
      return pod.lastTermination ? `failed (${ending(pod)})` : 'failed';
    case 'nodeLost':
      return 'on a lost node';
    case 'unschedulable':
      return 'cannot be scheduled';
    case 'notReady':
      return 'not ready';
  }
}
