import { visible } from '../../domain/logs/visible.ts';

/** What a part of a page means, besides its words: the host gives it a colour of the theme. */
export type Tone = 'heading' | 'faint' | 'warning' | 'failed' | 'ok';

export interface Span {
  readonly text: string;
  readonly tone: Tone;
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
  for (const line of lines) {
    let text = '';
    for (const part of line) {
      const words = oneLine(typeof part === 'string' ? part : part.text);
      if (typeof part !== 'string') {
        const to = text.length + words.trimEnd().length;
        if (to > text.length) marks.push({ line: texts.length, from: text.length, to, tone: part.tone });
      }
      text += words;
    }
    texts.push(text.trimEnd());
  }
  return { text: `${texts.join('\n')}\n`, marks };
}

/** A page of text that keeps its own layout, such as YAML; what cannot be seen in it can. */
export function textPage(text: string): Page {
  return { text: text.split('\n').map(visible).join('\n'), marks: [] };
}

/** A page with lines before its own. */
export function below(lines: readonly Line[], { text, marks }: Page): Page {
  const head = page(lines);
  return {
    text: head.text + text,
    marks: [...head.marks, ...marks.map((mark) => ({ ...mark, line: mark.line + lines.length }))],
  };
}
