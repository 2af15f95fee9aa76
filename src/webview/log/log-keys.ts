/** What a key asks of the log area that has the focus. */
export type AreaKey = 'wrap' | 'next' | 'previous' | 'end';

interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The editor's own keys: Alt+Z wraps, F3 and Shift+F3 go from match to match, Escape ends a selection or the search. */
export function areaKey(press: KeyPress, inTextField: boolean): AreaKey | undefined {
  if (press.ctrlKey || press.metaKey) return undefined;
  if (press.key === 'F3') return press.shiftKey ? 'previous' : 'next';
  // On a Mac, Alt+Z types another character.
  if (press.altKey) return press.code === 'KeyZ' ? 'wrap' : undefined;
  return press.key === 'Escape' && !inTextField ? 'end' : undefined;
}
