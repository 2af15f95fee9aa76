import type { Expression, Pattern, PatternWish } from './pattern.ts';
import { expressionOf, expressionPattern, plainPattern } from './pattern.ts';

export type Compiled =
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  /** `reason` says what is wrong with the expression. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** The engine is being loaded: ask again after `ready`, which also resolves where it cannot be loaded. */
  | { readonly kind: 'loading'; readonly ready: Promise<void> };

type Engine = (source: string) => Expression | string;

let engine: Engine | undefined;
let loading: Promise<void> | undefined;
let failure: string | undefined;

/** Makes a pattern of what a person typed. The engine for regular expressions is a chunk, loaded when one is first used. */
export function compilePattern(wish: PatternWish): Compiled {
  const source = expressionOf(wish);
  if (source === undefined) return { kind: 'pattern', pattern: plainPattern(wish.text) };
  if (failure !== undefined) {
    const reason = `regular expressions cannot be read now: ${failure}`;
    // Told once; what is typed next asks for the chunk again.
    failure = loading = undefined;
    return { kind: 'invalid', reason };
  }
  if (engine === undefined) return { kind: 'loading', ready: (loading ??= load()) };
  const compiled = engine(source);
  return typeof compiled === 'string'
    ? { kind: 'invalid', reason: compiled }
    : { kind: 'pattern', pattern: expressionPattern(compiled) };
}

async function load(): Promise<void> {
  try {
    engine = (await import('./linear-expression.ts')).compile;
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
}
