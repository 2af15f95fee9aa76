/** Stands where a secret stood. */
export const redactedMark = '[redacted]';

type Replace = (text: string) => string;

/** A name that ends in one of these holds a secret: `DB_PASSWORD`, `--token`, `x-api-key`, `clientSecret`; `secretName` does not. */
const secretName = String.raw`(?:[\w.-]*[_.-])?(?:[a-z0-9]*(?:password|passwd|passphrase|secret|token|credentials?)|pwd|pass|auth|(?:[a-z0-9]*[_.-]?)?(?:api|access|account|private|secret|encryption|signing|session|ssh)[_.-]?key|jwt|dsn|cookie|session[_.-]?id|signature|sig|salt|conn(?:ection)?[_.-]?(?:str|string|uri|url))`;
const quotedValue = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const escapedQuoted = String.raw`\\"(?:[^"\\]|\\[^"])*\\"`;
const bareValue = String.raw`[^\s"'&,;<>{}()[\]|]+`;

/** Words that follow `token:` or `secret:` in error messages; a secret is none of them. */
const prose =
  /^(?:not|no|is|was|has|the|an?|in|for|expired|invalid|missing|required|unknown|unauthorized|forbidden|found|cannot|failed|true|false|null|none|undefined)$/i;

/** Tokens that are told by their look alone, wherever they stand. */
const knownTokens = new RegExp(
  [
    String.raw`\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?`, // JSON Web Token, as of service accounts
    String.raw`\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{20,}|dckr_pat_[\w-]{16,})`,
    String.raw`\bxox[abeprs]-[\w-]{10,}|\b(?:sk|rk)_live_\w{10,}|\bsk-[\w-]{20,}|\bAIza[\w-]{30,}|\bhvs\.[\w-]{20,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
  ].join('|'),
  'g',
);

/** To its end, or to the end of the text where it was cut. */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^]*?-----END [A-Z ]*PRIVATE KEY-----|[^]*)/g;
const urlPassword = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/?#@:"']*):([^\s/?#"']+)@/gi;
const authorization = new RegExp(
  String.raw`((?:proxy-)?authorization\\?["']?\s*[:=]\s*\\?["']?)((?:[a-z][\w-]*\s+)?)([^\s"'\\,;]+)`,
  'gi',
);
const bearer = /\b(bearer\s+)([\w.~+/-]+=*)/gi;
const assigned = new RegExp(
  String.raw`(?<![\w.-])(-{0,2}${secretName})(\\?["']?\s*(?:=|:(?!//))\s*)(${escapedQuoted}|${quotedValue}|${bareValue})`,
  'gi',
);
/** `--token abc`: an option and its value apart. */
const option = new RegExp(String.raw`(?<!\S)(--?${secretName})(\s+)(${quotedValue}|[^\s-]\S*)`, 'gi');
const secretJson = /"kind"\s*:\s*"Secret"/;
const secretYaml = /^\s*kind:\s*"?Secret"?\s*$/m;
const jsonData = /("(?:data|stringData)"\s*:\s*)\{[^{}]*\}/g;
const yamlData = /^([ \t]*)((?:data|stringData):)[ \t]*(?:\n(?:\1[ \t]+[^\n]*|[ \t]*(?=\n)))+/gm;

const rules: readonly Replace[] = [
  (text) => text.replace(privateKey, redactedMark),
  (text) => (secretJson.test(text) ? text.replace(jsonData, `$1"${redactedMark}"`) : text),
  (text) => (secretYaml.test(text) ? text.replace(yamlData, `$1$2 ${redactedMark}`) : text),
  (text) => text.replace(urlPassword, `$1:${redactedMark}@`),
  (text) => text.replace(authorization, `$1$2${redactedMark}`),
  (text) =>
    text.replace(bearer, (all, before: string, token: string) =>
      /\d/.test(token) || token.length > 20 ? `${before}${redactedMark}` : all,
    ),
  (text) => text.replace(knownTokens, redactedMark),
  (text) =>
    text.replace(assigned, (all, name: string, separator: string, value: string) =>
      prose.test(value) && separator.includes(':') ? all : `${name}${separator}${marked(value)}`,
    ),
  (text) =>
    text.replace(
      option,
      (_all, name: string, space: string, value: string) => `${name}${space}${marked(value)}`,
    ),
];

/** In its quotes, so that what was JSON stays JSON. */
function marked(value: string): string {
  const quote = /^(?:\\"|["'])/.exec(value)?.[0] ?? '';
  return `${quote}${redactedMark}${quote}`;
}

/**
 * The text without what looks like a secret: tokens, private keys, passwords in URLs, `Authorization`, the data of a Secret,
 * and the values of names that say so (`DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`). Names, hosts and all other words stay.
 * Redacting again changes nothing.
 */
export function redact(text: string): string {
  return rules.reduce((redacted, rule) => rule(redacted), text);
}

/** A value of JSON's kinds with every text in it redacted, and whatever a secret-looking key names. */
export function redactAll<Value>(value: Value): Value {
  return redactValue(value) as Value;
}

const wholeName = new RegExp(`^${secretName}$`, 'i');

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'string' && wholeName.test(key) ? redactedMark : redactValue(each),
    ]),
  );
}
