import type { RunTarget } from '../../domain/runbook/events.ts';
import { shellWord } from '../../domain/shell-word.ts';

/** `kubectl …` for the target's namespace and context: several are open at once, and which is current is not known here. */
export function kubectlLine({ namespace, context }: RunTarget, words: string): string {
  return `kubectl ${words} -n ${namespace} --context ${shellWord(context)}`;
}

export function curlLine(url: string): string {
  return `curl ${shellWord(url)}`;
}
