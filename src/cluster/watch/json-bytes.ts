/** Where things end in JSON (UTF-8) that is not parsed. A place is a byte's index. */

const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openBracket = 0x5b;
const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
const space = 0x20;

/** In the place of a place, where the text is no JSON or none that is read here. */
export const odd = -1;

export function skipSpace(json: Buffer, at: number): number {
  let place = at;
  while ((json[place] ?? quote) <= space && isSpace(json[place])) place += 1;
  return place;
}

/** The place after the name of a member that begins at `at`; `odd` where none does, or one that has an escape in it. */
export function nameEnd(json: Buffer, at: number): number {
  if (json[at] !== quote) return odd;
  let place = at + 1;
  let byte = json[place];
  while (byte !== quote && byte !== backslash && byte !== undefined) byte = json[++place];
  return byte === quote ? place + 1 : odd;
}

/** The place after the value that begins at `at`. */
export function skipValue(json: Buffer, at: number): number {
  const first = json[at];
  if (first === quote) return skipString(json, at);
  return first === openBrace || first === openBracket ? skipNested(json, at) : skipWord(json, at);
}

/** The one loop that sees nearly every byte: strings are skipped in it, without a call. */
function skipNested(json: Buffer, at: number): number {
  const end = json.length;
  let depth = 0;
  let place = at;
  while (place < end) {
    const byte = json[place++] ?? 0;
    if (byte === quote) {
      let inside = json[place++];
      while (inside !== quote && place < end) {
        if (inside === backslash) place += 1;
        inside = json[place++];
      }
    } else if (byte >= openBracket) {
      if (byte === openBrace || byte === openBracket) depth += 1;
      else if (byte === closeBrace || byte === closeBracket) {
        depth -= 1;
        if (depth === 0) return place;
      } else if (byte === backslash) return odd;
    }
  }
  return odd;
}

function skipString(json: Buffer, at: number): number {
  const end = json.length;
  let place = at + 1;
  while (place < end) {
    const byte = json[place];
    if (byte === quote) return place + 1;
    place += byte === backslash ? 2 : 1;
  }
  return odd;
}

/** The place after a number, `true`, `false` or `null`. */
function skipWord(json: Buffer, at: number): number {
  let place = at;
  for (; place < json.length; place += 1) {
    const byte = json[place] ?? 0;
    if (byte === quote || byte === backslash) return odd;
    if (byte === comma || byte === closeBrace || byte === closeBracket || isSpace(byte)) break;
  }
  return place === at ? odd : place;
}

/** JSON's white space: space, tab, line feed, carriage return. */
function isSpace(byte: number | undefined): boolean {
  return byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
