import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { PodSquares } from '../shared/panel-model.ts';

type PodState = PodSquares['pods'][number]['state'];
const WORDS: readonly (readonly [PodState, string])[] = [
  ['ready', 'ready'],
  ['waiting', 'waiting'],
  ['failing', 'failing'],
  ['gone', 'ending'],
];

/** `2 ready · 1 waiting`, in that order, leaving out what there is none of. */
function podWords(pods: PodSquares['pods']): string {
  const parts = WORDS.map(([state, word]) => ({
    word,
    number: pods.filter((pod) => pod.state === state).length,
  }));
  const said = parts.filter((part) => part.number > 0).map((part) => `${part.number} ${part.word}`);
  return said.length === 0 ? 'no pods' : said.join(' · ');
}

/** One line per revision: its pods as squares, told apart by shape and colour, and the same in words. */
export function podSquares(groups: readonly PodSquares[]): TemplateResult {
  return html`<ul class="pods" aria-label="Pods by revision">
    ${groups.map(
      (group) =>
        html`<li>
          <span class="pods-label">${group.label}</span>
          <span class="pods-squares"
            >${group.pods.map((pod) => html`<i class="pod pod-${pod.state}" title=${pod.title} aria-hidden="true"></i>`)}<span
              class="pods-words"
              >${podWords(group.pods)}</span
            ></span
          >
        </li>`,
    )}
  </ul>`;
}
