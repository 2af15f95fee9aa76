import type { KubectlPlace } from '../../domain/kubectl-place.ts';
import { canICommand, type MissingPermission, missingPermission } from './missing-permission.ts';

/** Something to say where rows would be, or something to do about it. */
export interface Notice {
  /** Tells it from its siblings. */
  readonly key: string;
  readonly icon: string;
  readonly tone: 'warning' | 'plain';
  readonly text: string;
  readonly hint: string;
  /** What choosing the row does: one of our commands without its prefix. */
  readonly command?: { readonly id: string; readonly arguments: readonly string[] };
}

/** What is known of a cluster: as its store says it. */
export type ClusterSight =
  { readonly kind: 'connecting' | 'live' } | { readonly kind: 'stale' | 'refused'; readonly error: Told };

interface Told {
  readonly reason: string;
  readonly message: string;
  readonly hint: string;
}

/** Where the notices stand, and how much there is. */
export interface NoticePlace extends KubectlPlace {
  readonly server: string;
  /** The namespaces that are asked for or shown; empty for all. */
  readonly namespaces: readonly string[];
  readonly total: number;
  readonly shown: number;
  /** What this user may not see, in words, such as `Pods cannot be seen: list pods is forbidden in namespace shop`. */
  readonly unseen: readonly string[];
  /** How many namespaces are not looked at since there are too many to do so one by one. */
  readonly leftOut: number;
  /** The user whose login goes on just now; it may wait for a person. */
  readonly loggingInAs?: string | undefined;
}

/** The rows above a context's namespaces, or in place of them: what is the matter, each followed by what helps. */
export function contextNotices(sight: ClusterSight, place: NoticePlace): readonly Notice[] {
  const { loggingInAs: user, context } = place;
  if (user !== undefined) {
    const hint = `As user ${user}; it may ask for you in a browser.`;
    return [note('login', 'loading~spin', `Waiting for the login of context ${context}…`, hint)];
  }
  return [...sightNotices(sight, place), ...(sight.kind === 'refused' ? [] : unseenNotices(place))];
}

const unseenShown = 2;

/** Parts that this user may not see. */
function unseenNotices(place: NoticePlace): readonly Notice[] {
  const { unseen, leftOut, context } = place;
  const more = unseen.length - unseenShown;
  const permissions = unseen.flatMap((words) => missingPermission(words) ?? []);
  return [
    ...unseen.slice(0, unseenShown).map((words, index): Notice => {
      const hint = index === unseenShown - 1 && more > 0 ? `and ${more} more` : '';
      return { key: `unseen ${index}`, icon: 'warning', tone: 'warning', text: words, hint };
    }),
    ...(permissions.length === 0 ? [] : [canI(permissions, place)]),
    ...(leftOut === 0
      ? []
      : [
          note(
            'left-out',
            'info',
            `${leftOut} more namespaces are not looked at.`,
            'Choose those that matter.',
          ),
          action('namespaces', 'list-tree', 'Choose Namespaces…', 'chooseNamespaces', [context]),
        ]),
  ];
}

function sightNotices(sight: ClusterSight, place: NoticePlace): readonly Notice[] {
  switch (sight.kind) {
    case 'connecting':
      return [
        note('connecting', 'loading~spin', place.total === 0 ? 'Connecting…' : 'Loading…', place.server),
      ];
    case 'stale':
    case 'refused':
      return errorNotices(sight.error, place);
    case 'live':
      if (place.total === 0) return nothingThere(place);
      return place.shown > 0 ? [] : [...hiddenByFilter(place)];
  }
}

function errorNotices({ reason, message, hint }: Told, place: NoticePlace): readonly Notice[] {
  const { context } = place;
  const text = withoutAddress(message, place.server);
  const warning: Notice = { key: 'warning', icon: 'warning', tone: 'warning', text, hint };
  if (reason === 'forbidden') {
    const permission = missingPermission(message);
    return [
      permission === undefined
        ? warning
        : { ...warning, text: `Not permitted: ${permission.verb} ${permission.resource}`, hint: message },
      action('namespaces', 'list-tree', 'Choose Namespaces…', 'chooseNamespaces', [context]),
      ...(permission === undefined ? [] : [canI([permission], place)]),
      action('roles', 'book', 'Show Which Permissions Are Needed', 'showPermissions', []),
      retry,
    ];
  }
  const otherPlace =
    reason === 'unauthorized' ||
    reason === 'credentials' ||
    reason === 'certificate' ||
    reason === 'unreachable';
  return [
    warning,
    retry,
    ...(otherPlace
      ? [action('kubeconfig', 'file', 'Choose Another Kubeconfig File…', 'chooseKubeconfig', [])]
      : []),
  ];
}

/** What helps where the kubeconfig cannot be read; why, stands above the rows. */
export const kubeconfigNotices: readonly Notice[] = [
  action('kubeconfig', 'file', 'Choose Another Kubeconfig File…', 'chooseKubeconfig', []),
  action('look-again', 'refresh', 'Look Again', 'refresh', []),
];

/** In a narrow row an address would leave no room for what is the matter; the context's hover has it. */
export function withoutAddress(message: string, server: string): string {
  return server === ''
    ? message
    : message.replaceAll(server, 'the cluster').replace(/^the cluster/, 'The cluster');
}

function nothingThere({ context, namespaces, server }: NoticePlace): readonly Notice[] {
  if (namespaces.length === 0)
    return [note('none', 'info', 'No deployments in this cluster.', server), retry];
  return [
    note('none', 'info', `No deployments in ${namespaces.join(', ')}.`, server),
    action('namespaces', 'list-tree', 'Choose Namespaces…', 'chooseNamespaces', [context]),
    action('all', 'expand-all', 'Show All Namespaces', 'showAllNamespaces', [context]),
  ];
}

function hiddenByFilter({ total }: NoticePlace): readonly Notice[] {
  const what = total === 1 ? 'the only deployment' : `all ${total.toLocaleString('en')} deployments`;
  return [
    note('hidden', 'filter', `The filter hides ${what}.`, ''),
    action('clear', 'clear-all', 'Clear Filter', 'clearFilter', []),
  ];
}

/** One row for all of them: a line each is copied. */
function canI(permissions: readonly MissingPermission[], place: KubectlPlace): Notice {
  const lines = permissions.map((permission) => canICommand(permission, place));
  const text = `Copy kubectl auth can-i Command${lines.length === 1 ? '' : 's'}`;
  return action('can-i', 'copy', text, 'copyPermissionCheck', [lines.join('\n')]);
}

const retry = action('retry', 'refresh', 'Try Again', 'refresh', []);

function note(key: string, icon: string, text: string, hint: string): Notice {
  return { key, icon, tone: 'plain', text, hint };
}

function action(key: string, icon: string, text: string, id: string, arguments_: readonly string[]): Notice {
  return { key, icon, tone: 'plain', text, hint: '', command: { id, arguments: arguments_ } };
}
