import { fitsPattern } from '../name-pattern.ts';

/**
 * Whether a setting of patterns names this context: `*` stands for any text, capitals do not matter. People write settings
 * by hand: what is no list of text cannot be understood, and then guards every context rather than none.
 */
export function namesContext(setting: unknown, context: string): boolean {
  if (setting === undefined || setting === null) return false;
  const patterns: readonly unknown[] = Array.isArray(setting) ? setting : [setting];
  return patterns.some(
    (pattern) =>
      typeof pattern !== 'string' || fitsPattern(context.toLowerCase(), pattern.trim().toLowerCase()),
  );
}
