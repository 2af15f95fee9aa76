import { redactedMark, type Replace } from './secret-forms.ts';

/** Tokens that are told by their look alone, wherever they stand. */
const knownTokens = new RegExp(
  [
    String.raw`\beyJ[\w-]{5,1000}\.[\w-]{5,}(?:\.[\w-]*)?`, // JSON Web Token, as of service accounts
    String.raw`\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{20,}|dckr_pat_[\w-]{16,})`,
    String.raw`\bxox[abeprs]-[\w-]{10,}|\b(?:sk|rk)_live_\w{10,}|\bsk-[\w-]{20,}|\bAIza[\w-]{30,}|\bhvs\.[\w-]{20,}`,
    String.raw`\bSG\.[\w-]{16,}\.[\w-]{16,}|\bya29\.[\w-]{20,}|\bpypi-[\w-]{16,}|\bAGE-SECRET-KEY-1[A-Z0-9]{16,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
  ].join('|'),
  'g',
);

/** To its end, or to the end of the text where it was cut. */
const privateKey =
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?:[^]*?-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|[^]*)/g;
const urlPassword = /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:"']*):([^\s/?#"']+)@/gi;
/** A password that should have been encoded; a port is none. */
const urlRawPassword =
  /\b([a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:"']*):(?!\d{1,5}[/?#])([^\s"'@]{0,200}[/?#][^\s"'@]{0,200})@/gi;
/** A token in the place of the user. */
const urlToken = /(:\/\/)(?=[^\s/?#@:"']{0,40}\d)[^\s/?#@:"'[\]]{12,}@/g;
const oraclePassword = /(\bjdbc:oracle:\w+:[^\s/@]{1,64}\/)(?!\[redacted\])[^\s@/]{1,200}@/gi;
/** Addresses that are the secret themselves. */
const webhook = /(hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/webhooks\/\d+\/)[\w/-]{8,}/g;

/** Secrets that are told by their look, or by their place in an address. */
export const looks: readonly Replace[] = [
  (text) => text.replace(privateKey, redactedMark),
  (text) => text.replace(urlPassword, `$1:${redactedMark}@`),
  (text) => text.replace(urlRawPassword, `$1:${redactedMark}@`),
  (text) => text.replace(urlToken, `$1${redactedMark}@`),
  (text) => text.replace(oraclePassword, `$1${redactedMark}@`),
  (text) => text.replace(webhook, `$1${redactedMark}`),
  (text) => text.replace(knownTokens, redactedMark),
];
