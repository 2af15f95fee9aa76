import { lastAppliedAnnotation } from './annotations.ts';
import type { DeploymentJson } from './json.ts';
import type { Operation } from '../runbook/write.ts';
import { type Owner, ownerOf } from './ownership.ts';
import type { Reference } from './references.ts';

/** What sets a Deployment's replicas by itself. */
export interface Scaler {
  readonly kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** What was read around a Deployment before it is changed. */
export interface Surroundings {
  readonly scalers: readonly Scaler[];
  /** What the pods that are put back need and is not there any more. */
  readonly gone: readonly Reference[];
  /** What of it could not be looked for. */
  readonly unknown: readonly Reference[];
  /** Images of the target that no pod was ever seen ready with from here. */
  readonly neverRun: readonly string[];
  /** What the user may not do of that which following and verifying need, as `list pods`. */
  readonly denied: readonly string[];
}

/** What a rollback would undo or break, each in a sentence that says what it means and what to do; the worst first. */
export function rollbackWarnings(
  deployment: DeploymentJson,
  toRevision: number,
  { scalers, gone, unknown, neverRun, denied }: Surroundings,
): readonly string[] {
  const owner = ownerOf(deployment);
  return [
    ...gone.map(
      (each) =>
        `${named(each)} is gone, and revision ${toRevision} needs it: its pods will not start. Make it again first.`,
    ),
    ...(neverRun.length > 0 ? [neverRunWords(neverRun, toRevision)] : []),
    ...(deployment.spec?.replicas === 0
      ? ['It is scaled to zero: the rollback changes the template, but no pod will start.']
      : []),
    ...(owner?.kind === 'helm' ? [helmWords(owner, deployment)] : []),
    ...(owner === undefined && deployment.metadata?.annotations?.[lastAppliedAnnotation] !== undefined
      ? [
          'It is managed with kubectl apply: the next apply of the failing manifest brings it back. Mend the manifest too.',
        ]
      : []),
    ...scalers.map((each) => `${scalerWords(each)} sets its replicas, also while it is rolled back.`),
    ...(unknown.length > 0
      ? [
          `Not known whether revision ${toRevision} still has all it needs: ${unknown.map(named).join(', ')} cannot be read.`,
        ]
      : []),
    ...(denied.length > 0
      ? [`You may not ${denied.join(', ')}: the rollback works, but its pods or logs cannot be shown.`]
      : []),
  ];
}

/** The same for the other operations. */
export function operationWarnings(
  deployment: DeploymentJson,
  operation: Operation,
  { scalers }: Pick<Surroundings, 'scalers'>,
): readonly string[] {
  const warnings: string[] = [];
  const owner = ownerOf(deployment);
  if (operation.kind === 'scale') {
    for (const scaler of scalers)
      warnings.push(
        `${scalerWords(scaler)} sets its replicas and will change them again: change its limits instead.`,
      );
    if (owner !== undefined && owner.kind !== 'helm')
      warnings.push(
        `${ownerWords(owner)} manages it, and may put the number back that it is told elsewhere.`,
      );
  }
  if (operation.kind === 'restart' && deployment.spec?.strategy?.type === 'Recreate')
    warnings.push(
      'Its strategy is Recreate: all pods end before new ones start, so nothing answers meanwhile.',
    );
  if (operation.kind === 'restart' && deployment.spec?.replicas === 0)
    warnings.push('It is scaled to zero: there is no pod to restart.');
  if (operation.kind === 'pause' && owner !== undefined && owner.kind !== 'helm')
    warnings.push(`${ownerWords(owner)} manages it, and may resume it.`);
  return warnings;
}

/** Why a rollback will be undone by the Deployment's owner, and what to do instead; undefined where it will not be. */
export function rollbackBlocker(deployment: DeploymentJson): string | undefined {
  const owner = ownerOf(deployment);
  if (owner?.kind === 'argoCd')
    return `${ownerWords(owner)} manages it: its next sync puts the failing revision back. Revert the change in Git, or switch its automatic sync off first.`;
  if (owner?.kind !== 'flux') return undefined;
  const [namespace, name] = owner.name.split('/');
  const suspend =
    owner.name === '' ? '' : `: flux suspend ${owner.fluxKind ?? ''} ${name ?? ''} -n ${namespace ?? ''}`;
  return `${ownerWords(owner)} manages it: its next reconciliation puts the failing revision back. Revert the change in Git, or suspend it first${suspend}`;
}

/** An owner with what it calls the thing: `Argo CD (application shop)`. */
export function ownerWords({ kind, name, fluxKind }: Owner): string {
  const titles = { kustomization: 'Kustomization', helmrelease: 'HelmRelease' };
  const what = kind === 'argoCd' ? 'application' : fluxKind === undefined ? '' : titles[fluxKind];
  const product = { argoCd: 'Argo CD', flux: 'Flux', helm: 'Helm' }[kind];
  return name === '' ? product : `${product} (${what} ${name})`;
}

function helmWords({ name }: Owner, { metadata }: DeploymentJson): string {
  const release = name === '' ? 'the release' : name;
  return `Helm installed it and does not see this rollback: its next upgrade starts from the failing version. helm rollback ${release} -n ${metadata?.namespace ?? ''} keeps both in step.`;
}

/** Nobody knows whether a registry still has an image but who pulls it: only what was seen is told. */
function neverRunWords(images: readonly string[], revision: number): string {
  const one = images.length === 1;
  return `${one ? 'Image' : 'Images'} ${images.join(', ')} of revision ${revision} ${one ? 'was' : 'were'} never seen running from here: not known whether ${one ? 'it' : 'they'} can still be pulled and ${one ? 'starts' : 'start'}. Look whether the registry has ${one ? 'it' : 'them'}.`;
}

function scalerWords({ kind, name, min, max }: Scaler): string {
  return `${kind} ${name} (${min} to ${max})`;
}

function named({ kind, name }: Reference): string {
  return `${kind} ${name}`;
}
