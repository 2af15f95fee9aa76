import { staleWords } from './namespace-row.ts';
import { staleIcon, type Sight, type Tooltip, type TreeRow } from './row.ts';

/** A context of the kubeconfig, and what is known of it without connecting. */
export interface ContextFacts {
  readonly name: string;
  readonly cluster: string;
  readonly server: string;
  readonly user: string;
  /** Whether commands start from it: the person's choice, else the kubeconfig's current context. */
  readonly chosen: boolean;
  /** Whether it is the kubeconfig's current context, from which kubectl starts. */
  readonly current: boolean;
  /** Whether it is connected to, or has been tried. */
  readonly open: boolean;
  /** The namespaces that are shown: chosen ones, or those that the user may look at; empty for all. */
  readonly namespaces: readonly string[];
  /** What the settings say of it: `protected`, `read-only`. */
  readonly marks: readonly string[];
}

const namespacesNamed = 2;

/** `prod-eu1   current context`. */
export function contextRow(facts: ContextFacts, sight: Sight): TreeRow {
  const stale = staleWords(sight);
  const words = [
    ...(stale === undefined ? [] : [stale]),
    ...(facts.chosen ? [facts.current ? 'current context' : 'chosen here'] : []),
    ...(!facts.chosen && facts.current ? ["kubectl's current context"] : []),
    ...facts.marks,
    ...(facts.namespaces.length === 0 ? [] : [`only ${namespaceWords(facts.namespaces)}`]),
  ];
  return {
    label: facts.name,
    description: words.join(' · '),
    icon: stale === undefined ? { codicon: 'server-environment', tone: 'plain' } : staleIcon,
    spoken: [`Context ${facts.name}`, ...words, ...(facts.open ? [] : ['not connected'])].join(', '),
  };
}

export function contextTooltip(facts: ContextFacts, sight: Sight, error: string | undefined): Tooltip {
  const stale = staleWords(sight);
  return {
    title: facts.name,
    paragraphs: [
      ...(facts.open ? [] : [['Not connected: open it to connect.']]),
      ...(stale === undefined && error === undefined
        ? []
        : [
            [
              ...(stale === undefined ? [] : [`Stale${stale.slice(5)}`]),
              ...(error === undefined ? [] : [error]),
            ],
          ]),
      ...(facts.marks.length === 0 ? [] : [[markWords(facts.marks)]]),
      [
        { name: 'Cluster', text: facts.cluster },
        { name: 'Server', text: facts.server },
        { name: 'User', text: facts.user },
        {
          name: 'Namespaces',
          text: facts.namespaces.length === 0 ? 'all' : facts.namespaces.join(', '),
        },
      ],
    ],
  };
}

function markWords(marks: readonly string[]): string {
  return marks.includes('read-only')
    ? 'Read-only: nothing can be written here.'
    : 'Protected: the name must be typed before anything is written here.';
}

/** `a, b +3`; `all namespaces` for none. */
export function namespaceWords(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return 'all namespaces';
  const more = namespaces.length - namespacesNamed;
  return namespaces.slice(0, namespacesNamed).join(', ') + (more > 0 ? ` +${more}` : '');
}
