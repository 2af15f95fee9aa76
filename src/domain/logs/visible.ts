// Besides controls (Cc), formats (Cf: bidi, zero width, soft hyphen, tags), line and paragraph separators and lone
// surrogates, these are drawn as nothing though they count as letters or marks: fillers, joiners, variation selectors.
const unseen = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u{e0100}-\u{e01ef}]`;

/** True where a text holds anything that must not be shown as it is. Tabs count: they are rare, and `visible` keeps them. */
export const suspicious = new RegExp(unseen, 'u');
const each = new RegExp(unseen, 'gu');

/** Replaces what cannot be seen by a mark that can: `␀`, `␍`, `⟨U+202E⟩`. Tabs stay; the CR of a CRLF goes. */
export function visible(text: string): string {
  return text.replace(each, (character, index: number) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\t') return character;
    if (character === '\r' && index === text.length - 1) return '';
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '␡';
    if (isJoiner(code) && joins(text, index)) return character;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** U+200C and U+200D belong to Persian, Indic scripts and emoji: between non-ASCII characters they cannot split a word to deceive. */
function isJoiner(code: number): boolean {
  return code === 0x200c || code === 0x200d;
}

const joined = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

function joins(text: string, index: number): boolean {
  const before = text.codePointAt(index - (isLowSurrogate(text.charCodeAt(index - 1)) ? 2 : 1)) ?? 0;
  const after = text.codePointAt(index + 1) ?? 0;
  return [before, after].every((code) => code > 0x24f && joined.test(String.fromCodePoint(code)));
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
