import type { DeploymentJson } from './json.ts';

/** What deploys a Deployment and holds it to a state kept elsewhere. */
export interface Owner {
  readonly kind: 'argoCd' | 'flux' | 'helm';
  /** Application, `namespace/name` of a Kustomization or HelmRelease, or Helm release; empty where nothing tells. */
  readonly name: string;
  /** Flux: which of its kinds, for the command that suspends it. */
  readonly fluxKind?: 'kustomization' | 'helmrelease';
}

/**
 * Who owns a Deployment by the marks that it leaves on the object: labels, annotations, and the names under which it writes
 * (metadata.managedFields). The label app.kubernetes.io/instance is no mark: Helm's charts carry it, whoever applies them.
 * Sources: Argo CD, "Resource Tracking"; Flux, kustomize-controller and helm-controller; Helm, "Labels and Annotations".
 */
export function ownerOf({ metadata }: DeploymentJson): Owner | undefined {
  const labels = metadata?.labels ?? {};
  const annotations = metadata?.annotations ?? {};
  const managers = new Set((metadata?.managedFields ?? []).map(({ manager }) => manager ?? ''));

  const tracking = annotations['argocd.argoproj.io/tracking-id'];
  const instance = tracking?.split(':')[0] ?? labels['argocd.argoproj.io/instance'];
  if (instance !== undefined || managers.has('argocd-controller'))
    return { kind: 'argoCd', name: instance ?? '' };

  for (const [group, fluxKind, manager] of [
    ['kustomize.toolkit.fluxcd.io', 'kustomization', 'kustomize-controller'],
    ['helm.toolkit.fluxcd.io', 'helmrelease', 'helm-controller'],
  ] as const) {
    const name = labels[`${group}/name`];
    if (name === undefined && !managers.has(manager)) continue;
    // Flux itself leaves such an object alone.
    if (annotations[`${group}/reconcile`] === 'disabled') continue;
    const namespace = labels[`${group}/namespace`] ?? metadata?.namespace ?? '';
    return { kind: 'flux', name: name === undefined ? '' : `${namespace}/${name}`, fluxKind };
  }

  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined || labels['app.kubernetes.io/managed-by'] === 'Helm')
    return { kind: 'helm', name: release ?? '' };
  return undefined;
}
