import { visible } from '../../domain/logs/visible.ts';

/** What a part of a page means, besides its words: the host gives it a colour of the theme. */
export type Tone = 'heading' | 'faint' | 'warning' | 'failed' | 'ok';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** What happened to whom and when, where the words are that time: the log around it can be opened from here. */
  readonly moment?: Moment;
}

/** When something happened to an object. */
export interface Moment {
  /** RFC 3339. */
  readonly at: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** Where a moment's words stand: columns of a line, both from 0, `to` not included. */
export interface MomentPlace {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly moment: Moment;
}

/** Part of a line: words, or words with a tone. */
export type Part = string | Span;
export type Line = readonly Part[];

/** Where a tone applies: columns of a line, both from 0, `to` not included. */
export interface Mark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
}

/** A read-only document: its text and what stands out in it. */
export interface Page {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** In the order of the lines; at most one a line. */
  readonly moments?: readonly MomentPlace[];
}

export function toned(tone: Tone, text: string): Span {
  return { tone, text };
}

/** A tone for the text where `when` holds. */
export function tonedIf(when: boolean, tone: Tone, text: string): Part {
  return when ? { tone, text } : text;
}

/** Text of a cluster on one line: line ends become marks, and what cannot be seen can. */
export function oneLine(text: string): string {
  return visible(text.replaceAll(/\s*[\r\n]+\s*/g, ' ⏎ ').replaceAll('\t', ' '));
}

/** Makes a page of its lines, without spaces at their ends. */
export function page(lines: Iterable<Line>): Page {
  const texts: string[] = [];
  const marks: Mark[] = [];
  const moments: MomentPlace[] = [];
  for (const line of lines) {
    let text = '';
    for (const part of line) {
      const words = oneLine(typeof part === 'string' ? part : part.text);
      if (typeof part !== 'string') {
        const to = text.length + words.trimEnd().length;
        const place = { line: texts.length, from: text.length, to };
        if (to > text.length && part.tone !== undefined) marks.push({ ...place, tone: part.tone });
        if (to > text.length && part.moment !== undefined) moments.push({ ...place, moment: part.moment });
      }
      text += words;
    }
    texts.push(text.trimEnd());
  }
  return { text: `${texts.join('\n')}\n`, marks, ...(moments.length === 0 ? {} : { moments }) };
}

/** A page of text that keeps its own layout, such as YAML; what cannot be seen in it can. */
export function textPage(text: string): Page {
  return { text: text.split('\n').map(visible).join('\n'), marks: [] };
}

/** A page with lines before its own. */
export function below(lines: readonly Line[], { text, marks, moments = [] }: Page): Page {
  const head = page(lines);
  const lower = <T extends { readonly line: number }>(place: T): T => ({
    ...place,
    line: place.line + lines.length,
  });
  return {
    text: head.text + text,
    marks: [...head.marks, ...marks.map(lower)],
    moments: [...(head.moments ?? []), ...moments.map(lower)],
  };
}
