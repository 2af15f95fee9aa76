import { revisionAnnotation } from '../../../src/domain/rollout/annotations.ts';
import type { DeploymentJson } from '../../../src/domain/rollout/json.ts';

/** A rollout as it goes on, for a scenario to interfere with. */
export interface GoingOn {
  /** Changes the Deployment by a merge patch. */
  patch(body: object): Promise<void>;
  remove(): Promise<void>;
  /** Resolves once a watch has seen the Deployment so. */
  until(what: string, isSo: (deployment: DeploymentJson) => boolean): Promise<void>;
}

/** A rollout that `kubectl rollout status` watches from its first message to its end. */
export interface LiveRollout {
  readonly title: string;
  /** The image that runs before; undefined where the Deployment is new. */
  readonly from?: string;
  readonly image: string;
  /** Fields of the Deployment's spec besides the template; 3 replicas by default. */
  readonly spec?: object;
  /** Of the template. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What is done before kubectl begins to watch. */
  readonly before?: (rollout: GoingOn) => Promise<void>;
  /** What is done once kubectl has begun to watch; by default the rollout, which was paused until then, is resumed. */
  readonly meanwhile?: (rollout: GoingOn) => Promise<void>;
  /** More of kubectl's command line. */
  readonly flags?: readonly string[];
  /** What kubectl says last, on either output, with `NAME` for the name of the Deployment. */
  readonly end: string;
}

const done = 'deployment "NAME" successfully rolled out';
const late = 'error: deployment "NAME" exceeded its progress deadline';
const rolling = (maxSurge: number | string, maxUnavailable: number | string): object => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
});
const slow = { 'testbed/ready-after': '1s' };
const resume = ({ patch }: GoingOn): Promise<void> => patch({ spec: { paused: false } });
const updated = ({ until }: GoingOn): Promise<void> =>
  until('a new pod', ({ status }) => (status?.updatedReplicas ?? 0) > 0);
const observed = ({ until }: GoingOn): Promise<void> =>
  until('it is observed', ({ metadata, status }) => status?.observedGeneration === metadata?.generation);
const containers = (image: string): object => ({
  template: { spec: { containers: [{ name: 'app', image }] } },
});

/** A slow rollout, one pod after the other, and what somebody does when its first new pod is there. */
function interrupted(meanwhile: (rollout: GoingOn) => Promise<void>): Omit<LiveRollout, 'title' | 'end'> {
  return {
    from: 'web:1',
    image: 'web:2',
    spec: rolling(1, 0),
    annotations: slow,
    async meanwhile(rollout) {
      await resume(rollout);
      await updated(rollout);
      await meanwhile(rollout);
    },
  };
}

/** Revision 2, asked for by its number, which never ends by itself. */
const secondRevision = {
  from: 'web:1',
  image: 'web:2-unready',
  async before(rollout: GoingOn): Promise<void> {
    await resume(rollout);
    await rollout.until(
      'its revision 2',
      ({ metadata }) => metadata?.annotations?.[revisionAnnotation] === '2',
    );
  },
  flags: ['--revision=2'],
};

export const liveRollouts: readonly LiveRollout[] = [
  { title: 'a new deployment', image: 'web:1', end: done },
  { title: 'a new image', from: 'web:1', image: 'web:2', end: done },
  { title: 'one pod more at a time', from: 'web:1', image: 'web:2', spec: rolling(1, 0), end: done },
  { title: 'one pod fewer at a time', from: 'web:1', image: 'web:2', spec: rolling(0, 1), end: done },
  { title: 'all pods at a time', from: 'web:1', image: 'web:2', spec: rolling('100%', '0%'), end: done },
  {
    title: 'the old pods away before the new ones come',
    from: 'web:1',
    image: 'web:2',
    spec: { strategy: { type: 'Recreate' } },
    end: done,
  },
  { title: 'pods that are slow to be ready', from: 'web:1', image: 'web:2', annotations: slow, end: done },
  {
    title: 'pods that must be ready for 2 s',
    from: 'web:1',
    image: 'web:2',
    spec: { minReadySeconds: 2 },
    end: done,
  },
  {
    title: 'pods that are never ready',
    from: 'web:1',
    image: 'web:2-unready',
    spec: { progressDeadlineSeconds: 2 },
    end: late,
  },
  {
    title: 'a crash loop',
    from: 'web:1',
    image: 'web:2-crash',
    spec: { progressDeadlineSeconds: 2 },
    end: late,
  },
  {
    title: 'an image that is not there',
    image: 'web:2-nopull',
    spec: { progressDeadlineSeconds: 2 },
    end: late,
  },
  { title: 'no replicas', from: 'web:1', image: 'web:2', spec: { replicas: 0 }, end: done },
  {
    title: 'a deployment that stays paused',
    from: 'web:1',
    image: 'web:2',
    meanwhile: async () => undefined,
    flags: ['--timeout=8s'],
    end: 'error: timed out waiting for the condition',
  },
  {
    title: 'a pause in between',
    ...interrupted(async (rollout) => {
      await rollout.patch({ spec: { paused: true } });
      await observed(rollout);
      await resume(rollout);
    }),
    end: done,
  },
  {
    title: 'more replicas in between',
    ...interrupted(({ patch }) => patch({ spec: { replicas: 5 } })),
    end: done,
  },
  {
    title: 'fewer replicas in between',
    ...interrupted(({ patch }) => patch({ spec: { replicas: 1 } })),
    end: done,
  },
  {
    title: 'another image in between',
    ...interrupted(({ patch }) => patch({ spec: containers('web:3') })),
    end: done,
  },
  {
    title: 'a deletion in between',
    ...interrupted(({ remove }) => remove()),
    end: 'error: object has been deleted',
  },
  {
    title: 'the revision that is asked for, to its end',
    ...secondRevision,
    meanwhile: ({ patch }) => patch({ spec: { replicas: 0 } }),
    end: done,
  },
  {
    title: 'the revision that is asked for, overtaken by another',
    ...secondRevision,
    meanwhile: ({ patch }) => patch({ spec: containers('web:3') }),
    end: 'error: desired revision (2) is different from the running revision (3)',
  },
  {
    title: 'another revision than the one that is asked for',
    from: 'web:1',
    image: 'web:2',
    flags: ['--revision=7'],
    end: 'error: desired revision (7) is different from the running revision (1)',
  },
  {
    title: 'a revision that is no number',
    from: 'web:1',
    image: 'web:2',
    before: ({ patch }) => patch({ metadata: { annotations: { [revisionAnnotation]: 'two\u200b' } } }),
    flags: ['--revision=2'],
    end: 'error: cannot get the revision of deployment "NAME": strconv.ParseInt: parsing "two\\u200b": invalid syntax',
  },
];
