const secretWords =
  /pass(word|wd|phrase|code)|pass(_|-|\b)|secret|token|credential|(api|access|private|encryption|signing)[_-]?key|auth|bearer|cookie|jwt|dsn|conn(ection)?_?(str|uri|url)|salt|signature|pwd/i;
const credentialsInUrl = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/@:]*):([^\s/@]+)@/gi;
const option = /(--?[a-z0-9][a-z0-9_.-]*)=("[^"]*"|'[^']*'|\S+)/gi;
/** An argument of its own: its value may hold spaces. */
const argument = /^(--?[a-z0-9][a-z0-9_.-]*)=([^]+)$/i;

/** Shown where a value may be secret. */
export const hiddenValue = '(not shown)';

/** Whether a variable, header or option may hold a secret, by its name. Rather one too many: only its display depends on it. */
export function mayBeSecret(name: string): boolean {
  return secretWords.test(name);
}

/**
 * Text without the passwords of URLs and without the values of options that may be secret (`--token=…`); `mark` gives what
 * stands in their place.
 */
export function withoutSecrets(text: string, mark: (secret: string) => string = () => hiddenValue): string {
  const whole = argument.exec(text);
  if (whole?.[1] !== undefined && mayBeSecret(whole[1])) return `${whole[1]}=${mark(whole[2] ?? '')}`;
  return text
    .replace(credentialsInUrl, (_all, before: string, password: string) => `${before}:${mark(password)}@`)
    .replace(option, (all, name: string, value: string) =>
      mayBeSecret(name) ? `${name}=${mark(value)}` : all,
    );
}
