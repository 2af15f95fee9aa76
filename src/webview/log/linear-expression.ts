import { RE2JS } from 're2js';
import type { Expression } from './pattern.ts';

/**
 * Compiles a regular expression in RE2's syntax, in any case unless it says `(?-i)`. Its time grows with the text's length
 * alone, whatever the expression: a log is written by others, and may be made to hold a backtracking engine up.
 * @returns the expression, or why it is none, in words.
 */
export function compile(source: string): Expression | string {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    return reason(error);
  }
  return {
    test: (text) => compiled.test(text),
    next(text, from) {
      const matcher = compiled.matcher(text);
      return matcher.find(from) ? [matcher.start(), matcher.end()] : undefined;
    },
  };
}

/** `error parsing regexp: missing closing ): \`(ab\`` → `missing closing ): (ab`. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^error parsing regexp: /, '')
    .replaceAll('`', '')
    .replace('(?i)', '');
}
