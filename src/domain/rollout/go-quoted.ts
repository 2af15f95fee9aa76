const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Text in quotation marks as Go's errors show it (strconv.Quote). */
export function goQuoted(text: string): string {
  const shown = Array.from(text, (character) => {
    if (!escapes.has(character) && printable.test(character)) return character;
    return escapes.get(character) ?? escaped(character.codePointAt(0) ?? 0);
  });
  return `"${shown.join('')}"`;
}

function escaped(point: number): string {
  const digits = point.toString(16);
  if (point < 0x80) return `\\x${digits.padStart(2, '0')}`;
  return point < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
