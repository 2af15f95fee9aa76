/** What a key asks of the panel, wherever the focus is. */
export type PanelKey = 'primary' | 'filter' | 'search' | 'follow';

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/**
 * Ctrl+Enter (Cmd on a Mac) is the primary action, `/` the filter, Ctrl+F the search, End the newest line. Keys that mean something
 * to a text field, or to a box that scrolls, are left to it. A held key acts once.
 */
export function panelKey(press: KeyPress, keepsKeys: boolean): PanelKey | undefined {
  if (press.altKey || press.shiftKey) return undefined;
  const command = press.ctrlKey || press.metaKey;
  if (command && press.key === 'Enter') return press.repeat ? undefined : 'primary';
  if (command && press.key.toLowerCase() === 'f') return 'search';
  if (command || keepsKeys) return undefined;
  if (press.key === '/') return 'filter';
  return press.key === 'End' ? 'follow' : undefined;
}
