import fc from 'fast-check';
import {
  emptyFamily,
  type GeneratedTemplate,
  integerTemplate,
  plainTemplate,
  quantityTemplate,
  unknownFields,
} from './generated-template.ts';

type Annotations = Readonly<Record<string, string>>;

/** A ReplicaSet as the API server is to have it. */
export interface GeneratedRevision {
  readonly name: string;
  /** The text of its revision annotation, undefined where it has none. */
  readonly number: string | undefined;
  readonly annotations: Annotations;
  readonly template: GeneratedTemplate;
  /** Whether it is the Deployment's: by label and owner, or lacking one of both. */
  readonly belongs: 'yes' | 'otherLabels' | 'otherOwner' | 'noController';
}

/** A Deployment, its ReplicaSets in the order of their creation, and the revision that is asked for. */
export interface GeneratedHistory {
  /** Undefined where the Deployment has no annotations at all, not even of its revision. */
  readonly annotations: Annotations | undefined;
  readonly paused: boolean;
  readonly template: GeneratedTemplate;
  readonly revisions: readonly GeneratedRevision[];
  readonly to: number;
}

const changeCause = 'kubernetes.io/change-cause';
const keptByUndo = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];
const ordinary = ['team', 'owner', 'example.com/owner', 'a.b/c.d_e-f', 'constructor'];

const texts: fc.Arbitrary<string> = fc.constantFrom('', '1', 'ünï "quoted"', '{"a": [1]}');
/** The API server refuses a deprecated.deployment.rollback.to that is no number. */
const numbers: fc.Arbitrary<string> = fc.constantFrom('1', '2');

function annotationsOf(keys: readonly string[], values = texts): fc.Arbitrary<Annotations> {
  return fc.dictionary(fc.constantFrom(...keys), values, { maxKeys: 4, noNullPrototype: true });
}

const small = fc.integer({ min: 1, max: 4 }).map(String);
const unparsable = fc.constantFrom(
  '',
  ' 3',
  '3 ',
  '1.0',
  'two',
  '0x2',
  '1_0',
  '1e1',
  '+',
  '--1',
  '٣',
  'é\u200b',
);
/** Numbers that only exact arithmetic tells apart. */
const neighbours = fc.constantFrom(
  '9223372036854775807',
  '+9223372036854775806',
  '9007199254740992',
  '9007199254740993',
);
const atLimits = fc.oneof(
  { arbitrary: neighbours, weight: 4 },
  fc.constantFrom(
    '9223372036854775808',
    '-9223372036854775808',
    '-9223372036854775809',
    '18446744073709551617',
  ),
  fc.constantFrom('-1', '-0', '007', '+2', '00'),
);

interface Ingredients {
  /** How many ReplicaSets. */
  readonly count?: fc.Arbitrary<number>;
  /** The revision annotation of each; by default 1, 2, 3 … as the controller counts. */
  readonly number?: fc.Arbitrary<string | undefined>;
  readonly template?: fc.Arbitrary<GeneratedTemplate>;
  readonly annotations?: fc.Arbitrary<Annotations>;
  readonly ownAnnotations?: fc.Arbitrary<Annotations | undefined>;
  readonly paused?: fc.Arbitrary<boolean>;
  readonly belongs?: fc.Arbitrary<GeneratedRevision['belongs']>;
  readonly to?: fc.Arbitrary<number>;
}

function history(ingredients: Ingredients = {}): fc.Arbitrary<GeneratedHistory> {
  const { count = fc.integer({ min: 2, max: 4 }), template = plainTemplate } = ingredients;
  const { annotations = annotationsOf([changeCause, ...ordinary]) } = ingredients;
  return count.chain((count) => {
    const revision = (index: number): fc.Arbitrary<GeneratedRevision> =>
      fc.record({
        name: fc.constantFrom('m', 'a', 'z').map((letter) => `${letter}${index}`),
        number: ingredients.number ?? fc.constant(String(index + 1)),
        annotations,
        template,
        belongs: ingredients.belongs ?? fc.constant('yes' as const),
      });
    return fc.record({
      annotations: ingredients.ownAnnotations ?? annotations,
      paused: ingredients.paused ?? fc.constant(false),
      template,
      revisions: fc.tuple(...Array.from({ length: count }, (_, index) => revision(index))),
      to: ingredients.to ?? fc.integer({ min: 0, max: count }),
    });
  });
}

/** The live template is that of one of the revisions, which is asked for, by its number or as the previous one. */
const equalTemplates = fc
  .tuple(history({ to: fc.constant(0) }), fc.integer({ min: 0, max: 3 }), fc.boolean())
  .map(([history, choice, byNumber]): GeneratedHistory => {
    const { revisions } = history;
    const index = byNumber ? choice % revisions.length : revisions.length - 2;
    const template = revisions[index]?.template ?? history.template;
    return { ...history, template, to: byNumber ? index + 1 : 0 };
  });

const someNumber = fc.constantFrom(0, 0, 1, 2, 3);
const has = (is: (revision: GeneratedRevision) => boolean) => (history: GeneratedHistory) =>
  history.revisions.some(is);
const cause = fc.constantFrom({}, ...['', 'a', 'ünï "quoted" {}'].map((text) => ({ [changeCause]: text })));
const two = fc.constant(2);

/** What an undo is compared on, by the words of its test. */
export const categories: Readonly<Record<string, fc.Arbitrary<GeneratedHistory>>> = {
  'missing revision annotations': history({
    number: fc.option(small, { nil: undefined }),
    to: someNumber,
  }).filter(has(({ number }) => number === undefined)),
  'duplicate revisions': history({
    count: fc.constantFrom(3, 4),
    number: fc.constantFrom('1', '2'),
    to: fc.constantFrom(0, 1, 2),
  }),
  'revisions that are no number': history({ number: fc.oneof(unparsable, small), to: someNumber }).filter(
    has(({ number }) => number === '' || !/^\d+$/.test(number ?? '')),
  ),
  'revisions at the limits of int64': history({
    number: fc.oneof({ arbitrary: atLimits, weight: 5 }, small),
    to: fc.constantFrom(0, 0, 0, 0, 1, 2),
  }).filter(has(({ number }) => number?.length !== 1)),
  'paused deployments': history({ paused: fc.constant(true) }),
  'equal templates': equalTemplates,
  'the previous revision (N = 0)': history({ count: fc.integer({ min: 0, max: 4 }), to: fc.constant(0) }),
  'a negative revision (N < 0)': history({
    number: fc.oneof(small, fc.constantFrom('-1', '-2')),
    to: fc.constantFrom(-1, -2, -9007199254740991),
  }),
  'a revision that is gone': history({ to: fc.constantFrom(5, 99, 9007199254740991) }),
  'annotations that an undo keeps': history({ annotations: annotationsOf(keptByUndo, numbers), count: two }),
  'annotations that an undo takes from the target': history({
    annotations: annotationsOf(ordinary),
    count: two,
    to: fc.constant(1),
  }),
  'annotations that only the deployment has': history({
    annotations: fc.constant({}),
    ownAnnotations: annotationsOf([...ordinary, ...keptByUndo], numbers),
    count: two,
  }),
  'no annotations at all': history({ ownAnnotations: fc.constant(undefined), count: two }),
  'change-causes of ReplicaSets, templates and none': history({
    annotations: cause,
    template: fc.tuple(plainTemplate, cause).map(([template, annotations]) => ({ ...template, annotations })),
  }),
  'quantities written differently': history({ template: quantityTemplate, count: two, to: fc.constant(1) }),
  'integers of 64 bits': history({ template: integerTemplate, count: two, to: fc.constant(1) }),
  'empty against absent': emptyFamily.chain((template) =>
    history({ template, count: two, to: fc.constant(1) }),
  ),
  'unknown fields': history({ template: unknownFields }),
  "ReplicaSets that are not the deployment's": history({
    belongs: fc.constantFrom('yes', 'otherLabels', 'otherOwner', 'noController'),
  }),
};
