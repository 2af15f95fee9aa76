import { type KubectlPlace, placeFlags } from '../../domain/kubectl-place.ts';
import { shellWord } from '../../domain/shell-word.ts';

/** `kubectl …` with the namespace, context and kubeconfig that it depends on. */
export function kubectlLine(place: KubectlPlace & { readonly namespace: string }, words: string): string {
  return `kubectl ${words} -n ${place.namespace} ${placeFlags(place)}`;
}

export function curlLine(url: string): string {
  return `curl ${shellWord(url)}`;
}
