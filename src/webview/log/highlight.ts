import type { LogEntry } from './entry.ts';
import { plainText } from './entry.ts';
import type { Pattern, Place } from './pattern.ts';

/** The names under which the style sheet colours what was found: by the filter, by the search, and the match that one is at. */
const NAMES = { filter: 'kr-found', search: 'kr-search', current: 'kr-current' } as const;
type Kind = keyof typeof NAMES;
const KINDS: readonly Kind[] = ['filter', 'search', 'current'];

/** What is looked for in the rows. */
export interface Sought {
  readonly filter: Pattern;
  readonly search: Pattern | undefined;
  /** The match that the search is at. */
  readonly current: LogEntry | undefined;
}

/** All log areas of the page share a highlight of each kind. */
function shared(kind: Kind): Highlight {
  const there = CSS.highlights.get(NAMES[kind]);
  if (there !== undefined) return there;
  const made = new Highlight();
  made.priority = KINDS.indexOf(kind);
  CSS.highlights.set(NAMES[kind], made);
  return made;
}

/** Marks places in the rows of one log area, without touching their elements. */
export class Highlights {
  #ranges: [Kind, Range][] = [];

  clear(): void {
    for (const [kind, range] of this.#ranges) shared(kind).delete(range);
    this.#ranges = [];
  }

  /** Marks what the filter finds in a row, and what the search does; `current` where the search is at this row. */
  markRow(row: Element, entry: LogEntry | undefined, { filter, search, current }: Sought): void {
    if (entry?.kind !== 'line') return;
    const text = row.querySelector('.log-text');
    const whole = plainText(entry.text);
    this.#mark('filter', row.querySelector('.log-pod'), filter);
    this.#mark('filter', text, filter, whole);
    if (search !== undefined) this.#mark(entry === current ? 'current' : 'search', text, search, whole);
  }

  /** Marks what the pattern finds in an element's text; `whole` is all of it, where its beginning is not drawn. */
  #mark(kind: Kind, element: Element | null, pattern: Pattern, whole?: string): void {
    if (element === null || pattern.empty) return;
    const text = element.textContent;
    const hidden = whole === undefined ? 0 : whole.length - text.length;
    for (const [from, to] of pattern.places(whole ?? text))
      if (to > hidden) this.#add(kind, element, [Math.max(0, from - hidden), to - hidden]);
  }

  #add(kind: Kind, element: Element, [from, to]: Place): void {
    const start = placeIn(element, from);
    const end = placeIn(element, to);
    if (start === undefined || end === undefined) return;
    const range = new Range();
    range.setStart(...start);
    range.setEnd(...end);
    shared(kind).add(range);
    this.#ranges.push([kind, range]);
  }
}

/** The text node and the offset in it where the character `offset` of an element's text stands. */
function placeIn(element: Element, offset: number): [Text, number] | undefined {
  let before = 0;
  let last: Text | undefined;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    if (offset <= before + node.data.length) return [node, offset - before];
    before += node.data.length;
    last = node;
  }
  return last === undefined ? undefined : [last, last.data.length];
}
