import type { Evidence } from '../shared/panel-model.ts';

/** How a tone is drawn, and what a screen reader says for it. */
export const TONES: Readonly<Record<Evidence['tone'], { readonly icon: string; readonly words: string }>> = {
  ok: { icon: 'check', words: 'Holds: ' },
  failed: { icon: 'close', words: 'Does not hold: ' },
  warning: { icon: 'warning', words: 'Warning: ' },
  plain: { icon: 'dash', words: '' },
};
