import { sgrEscape } from '../../domain/logs/ansi.ts';
import { visible } from '../../domain/logs/visible.ts';
import { redact } from '../../domain/redact.ts';
import { oneLine } from '../documents/page.ts';

/** Text on one line that is written as Markdown already. */
export type Inline = string & { readonly __inline: unique symbol };

const longestLine = 2_000;

/**
 * What a person or a cluster has written, as it is read: it makes no link, no picture, no tag and no layout, wherever in a line
 * it stands; secrets are left out, what cannot be seen becomes a mark. Only what would be markup is escaped, so that it
 * can be read in the editor too.
 */
export function plain(text: string): Inline {
  return escaped(line(text));
}

/** A name, an image or a command, as code; what a table would not leave in one piece as plain text. */
export function code(text: string): Inline {
  const shown = line(text);
  if (shown === '' || /[\\|]/.test(shown)) return escaped(shown);
  const longest = longestRun(shown);
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || /^ .* $/.test(shown) ? ' ' : '';
  return inline(`${fence}${pad}${shown}${pad}${fence}`);
}

/** Our own words, with what others wrote between them as `plain` or `code`. */
export function prose(words: TemplateStringsArray, ...values: readonly (Inline | number)[]): Inline {
  return inline(String.raw({ raw: words }, ...values));
}

/** Inline pieces with our own words between them. */
export function joined(parts: readonly Inline[], between: string): Inline {
  return inline(parts.filter((part) => part !== '').join(between));
}

/** Lines as they are, in a fence that nothing in them can close. */
export function fenced(lines: readonly string[], language = 'text'): string {
  // All together: a key may stand on several lines.
  const text = redact(lines.join('\n').replaceAll(sgrEscape, ''))
    .split(/\r\n|[\r\n]/)
    .map((each) => visible(each))
    .join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

export function table(head: readonly string[], rows: readonly (readonly Inline[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function list(items: readonly Inline[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

function line(text: string): string {
  const shown = oneLine(redact(text.replaceAll(sgrEscape, ''))).trim();
  return shown.length > longestLine
    ? `${shown.slice(0, longestLine).toWellFormed()}… (${shown.length - longestLine} characters more)`
    : shown;
}

function escaped(text: string): Inline {
  return inline(
    text
      .replaceAll(/[\\`*_[\]{}<>|~#$&@^]/g, String.raw`\$&`)
      // Addresses would become links, `:name:` a picture.
      .replaceAll(/:(?=\/\/|[a-z+])/gi, String.raw`\:`)
      .replaceAll(/(?<=[^\s.])\.(?=\p{L})|(?<=www)\./giu, String.raw`\.`)
      // What makes a list, a heading or a rule at the beginning of a line.
      .replace(/^[-+=!]/, String.raw`\$&`)
      .replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`),
  );
}

function inline(text: string): Inline {
  return text as Inline;
}
