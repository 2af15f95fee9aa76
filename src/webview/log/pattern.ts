/** Where a pattern is found in a text: from, to (not included). */
export type Place = readonly [from: number, to: number];

/** What a filter or a search looks for. */
export interface Pattern {
  /** True where nothing is looked for. */
  readonly empty: boolean;
  matches(text: string): boolean;
  places(text: string): readonly Place[];
}

/** What a person typed, and whether it is meant as a regular expression. */
export interface PatternWish {
  readonly text: string;
  readonly regex: boolean;
}

export const NO_WISH: PatternWish = { text: '', regex: false };

/** In one line are marked at most so many places: more tell a reader nothing. */
const MOST_PLACES = 200;

/** The expression that is meant: all of the text by its toggle, or what stands between slashes. Undefined for plain text. */
export function expressionOf({ text, regex }: PatternWish): string | undefined {
  if (regex) return text === '' ? undefined : text;
  return text.length > 2 && text.startsWith('/') && text.endsWith('/') ? text.slice(1, -1) : undefined;
}

/** Plain text in any case. */
export function plainPattern(text: string): Pattern {
  const wanted = text.toLowerCase();
  return {
    empty: wanted === '',
    matches: (line) => wanted === '' || line.toLowerCase().includes(wanted),
    places(line) {
      const lower = line.toLowerCase();
      // Lower case can be longer than the text itself (İ); then the places would not fit.
      if (wanted === '' || lower.length !== line.length) return [];
      const found: Place[] = [];
      let at = lower.indexOf(wanted);
      while (at >= 0 && found.length < MOST_PLACES) {
        found.push([at, at + wanted.length]);
        at = lower.indexOf(wanted, at + wanted.length);
      }
      return found;
    },
  };
}

/** A compiled regular expression, as the engine gives it. */
export interface Expression {
  test(text: string): boolean;
  /** The next match at or after `from`; undefined when there is none. */
  next(text: string, from: number): Place | undefined;
}

/** What an expression finds; a match of nothing at all marks no place. */
export function expressionPattern(expression: Expression): Pattern {
  return {
    empty: false,
    matches: (line) => expression.test(line),
    places(line) {
      const found: Place[] = [];
      let from = 0;
      while (from <= line.length && found.length < MOST_PLACES) {
        const place = expression.next(line, from);
        if (place === undefined) break;
        if (place[1] > place[0]) found.push(place);
        from = Math.max(place[1], from + 1);
      }
      return found;
    },
  };
}
