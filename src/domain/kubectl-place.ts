import { shellWord } from './shell-word.ts';

/** What a kubectl command depends on: which is current in a terminal is not known here. */
export interface KubectlPlace {
  readonly context: string;
  /** The file that the setting names; undefined where kubectl finds the same kubeconfig by itself. */
  readonly kubeconfig: string | undefined;
}

/** `--context prod-eu1 --kubeconfig '/home/jane/my clusters'`. */
export function placeFlags({ context, kubeconfig }: KubectlPlace): string {
  const file = kubeconfig === undefined ? '' : ` --kubeconfig ${shellWord(kubeconfig)}`;
  return `--context ${shellWord(context)}${file}`;
}
