/** Stands where a secret stood. */
export const redactedMark = '[redacted]';

export type Replace = (text: string) => string;

/** A name that ends in one of these holds a secret: `DB_PASSWORD`, `--token`, `x-api-key`, `clientSecret`; `secretName` does not. */
export const secretName = String.raw`(?:[\w.-]*[_.-])?(?:[a-z0-9]*(?:passwords?|passwd|passphrase|secret|token|credentials?)|pwd|pass|auth|(?:[a-z0-9]*[_.-]?)?(?:api|access|account|private|secret|encryption|signing|session|ssh)[_.-]?key|secret_?key_?base|client[_-]?key[_-]?data|dockerconfigjson|dockercfg|jwt|dsn|cookie|session[_.-]?id|signature|sig|salt|conn(?:ection)?[_.-]?(?:str|string|uri|url))`;
/** Names that only their capitals tell: `dbPass` holds a secret, `compass` does not. */
const camelName = String.raw`[a-z][a-z0-9]*(?:Pass|Pwd|Auth)`;
const quotedValue = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
/** In quotes that are escaped themselves, however often: it ends at the next quote with as many backslashes. */
const escapedQuoted = String.raw`(?<level>\\+)"[^\n]{0,4000}?(?<!\\)\k<level>"`;
const bareValue = String.raw`(?:[<({[|](?![\w.-]+\s*[:=])){0,3}[^\s"'&,;<>{}()[\]|]+`;
/** What was redacted already is no secret. */
const notMark = String.raw`(?!\[redacted\])`;
const separator = String.raw`(?:=>|:=|=|:(?!//)|%3D|%3A)`;

/** Words that follow `token:` or `secret:` in error messages; a secret is none of them. */
const prose =
  /^(?:not|no|is|was|has|the|an?|in|for|expired|invalid|missing|required|unknown|unauthorized|forbidden|found|cannot|failed|true|false|null|none|undefined)$/i;

const authorization = new RegExp(
  String.raw`((?:proxy-)?authorization\\*["']?\s*[:=]\s*\\*["']?)((?:[a-z][\w-]*\s+)?)([^\s"'\\,;]+)`,
  'gi',
);
/** Its answer is one of many parts. */
const digest = /((?:proxy-)?authorization\\*["']?\s*[:=]\s*\\*["']?digest\s+)(?!\[redacted\])[^\r\n']+/gi;
const cookies = /\b((?:set-)?cookie\s*:\s*)(?!\[redacted\])[^\s"'\\][^\r\n"'\\]*/gi;
const bearer = /\b(bearer\s+\\*["']?)([\w.~+/-]+=*)/gi;
const assigned = (name: string, flags: string) =>
  new RegExp(
    String.raw`(?<![\w.-])(-{0,2}${name})((?:\\*["']|%22)?\s*${separator}(?:\s*(?=\\*["'])|[^\S\n]*)(?:%22)?)(${notMark}(?:${escapedQuoted}|${quotedValue}|${bareValue}))`,
    flags,
  );
/** A line of its own, such as of a file of variables: its value ends with the line, whatever is in it. */
const ownLine = new RegExp(
  String.raw`^([ \t]*(?:(?:export|set)[ \t]+)?${secretName}=)(?!\[redacted\]$)[^\s"'\\]\S*$`,
  'gim',
);
const list = new RegExp(
  String.raw`(?<![\w.-])(${secretName}s?\\*["']?\s*(?:=|:)\s*)\[(?!redacted\])[^\]\n]{1,4000}\]`,
  'gi',
);
/** `password is hunter2`, `password "hunter2"`: in words. */
const spoken =
  /\b((?:password|passwd|passphrase)\s+(?:(?:is|was)\s+)?)("[^"\s]+"|'[^'\s]+'|(?=\S*[a-z])(?=\S*\d)[^\s"'()[\]]+)/gi;
/** `--token abc`: an option and its value apart. */
const option = new RegExp(
  String.raw`(?<!\S)(--?${secretName})(\s+)(${notMark}(?:${quotedValue}|[^\s-]\S*))`,
  'gi',
);
/** `curl -u user:password`. */
const userOption = /(?<!\S)((?:-u|--(?:proxy-)?user)[ =]\s*["']?[^\s:"'/]+:)(?!\[redacted\])[^\s"']+/g;
const literal = /(--from-literal[= ]\s*["']?[^\s="']+=)(?!\[redacted\])("[^"]*"|'[^']*'|[^\s"']+)/g;
/** Programs whose option for a password is one letter. */
const shortOption =
  /\b((?:(?:docker|podman|nerdctl|helm registry|oras|crane auth|skopeo)\s+login\b[^\n]{0,200}?\s-p[ =]?|sshpass\s+-p ?|redis-cli\b[^\n]{0,200}?\s-a |mysql(?:dump|admin)?\b[^\n]{0,200}?\s-p))(?!\[redacted\])("[^"]*"|'[^']*'|[^\s"']+)/g;

/** Secrets that have a name: in assignments, JSON, YAML, headers, options and sentences. */
export const namedForms: readonly Replace[] = [
  (text) => text.replace(digest, `$1${redactedMark}`),
  (text) => text.replace(authorization, `$1$2${redactedMark}`),
  (text) =>
    text.replace(bearer, (all, before: string, token: string) =>
      /\d/.test(token) || token.length > 20 ? `${before}${redactedMark}` : all,
    ),
  (text) => text.replace(cookies, `$1${redactedMark}`),
  (text) => text.replace(ownLine, `$1${redactedMark}`),
  (text) => text.replace(list, `$1${redactedMark}`),
  (text) => text.replace(assigned(secretName, 'gi'), assignment),
  (text) => text.replace(assigned(camelName, 'g'), assignment),
  (text) =>
    text.replace(
      option,
      (_all, name: string, space: string, value: string) => `${name}${space}${marked(value)}`,
    ),
  (text) => text.replace(spoken, (_all, before: string, value: string) => `${before}${marked(value)}`),
  (text) => text.replace(userOption, `$1${redactedMark}`),
  (text) => text.replace(literal, (_all, before: string, value: string) => `${before}${marked(value)}`),
  (text) => text.replace(shortOption, (_all, before: string, value: string) => `${before}${marked(value)}`),
];

function assignment(all: string, name: string, separating: string, value: string): string {
  return prose.test(value) && separating.includes(':') ? all : `${name}${separating}${marked(value)}`;
}

/** In its quotes, so that what was JSON stays JSON. */
function marked(value: string): string {
  const quote = /^(?:\\+"|["'])/.exec(value)?.[0] ?? '';
  return `${quote}${redactedMark}${quote}`;
}
