import { clockTime } from '../clock-time.ts';
import type { NamespaceOutline } from './outline.ts';
import { staleIcon, type Sight, type Tooltip, type TreeRow } from './row.ts';

/** `veza-production   1 failing`. */
export function namespaceRow(name: string, outline: NamespaceOutline, sight: Sight): TreeRow {
  const { failing } = outline;
  const stale = staleWords(sight);
  const failingWords = failing === 0 ? [] : [`${failing} ${stale === undefined ? '' : 'was '}failing`];
  const words = [...(stale === undefined ? [] : [stale]), ...failingWords];
  return {
    label: name,
    description: words.join(', '),
    icon:
      stale !== undefined
        ? staleIcon
        : failing > 0
          ? { codicon: 'error', tone: 'failed' }
          : { codicon: 'folder', tone: 'plain' },
    spoken: [`Namespace ${name}`, countWords(outline), ...words].join(', '),
  };
}

export function namespaceTooltip(name: string, outline: NamespaceOutline, sight: Sight): Tooltip {
  const { failing, total, members } = outline;
  const hidden = total - members.length;
  const stale = staleWords(sight);
  return {
    title: name,
    paragraphs: [
      ...(stale === undefined ? [] : [[`What follows is ${stale}.`]]),
      [
        countWords(outline),
        failing === 0 ? 'None is failing' : `${failing} failing`,
        ...(hidden === 0 ? [] : [`${hidden} hidden by the filter`]),
      ],
    ],
  };
}

/** `stale since 02:58`, undefined where the cluster is seen. */
export function staleWords({ staleSince, now }: Sight): string | undefined {
  return staleSince === undefined ? undefined : `stale since ${clockTime(staleSince, now)}`;
}

/** `3 deployments, 1 StatefulSet`. */
function countWords({ kinds }: NamespaceOutline): string {
  return [...kinds]
    .map(([kind, count]) => {
      const name = kind === 'Deployment' ? 'deployment' : kind;
      return `${count} ${name}${count === 1 ? '' : 's'}`;
    })
    .join(', ');
}
