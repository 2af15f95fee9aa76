/** A piece of a line in one look. */
export interface SgrSpan {
  readonly text: string;
  /** Among `bold dim italic underline inverse strike fg0`…`fg15 bg0`…`bg15`. */
  readonly classes: readonly string[];
  /** Colours outside the sixteen that a theme defines, as `#rrggbb`. */
  readonly style?: { readonly color?: string; readonly backgroundColor?: string };
}

type Attribute = 'bold' | 'dim' | 'italic' | 'underline' | 'inverse' | 'strike';

interface Look {
  readonly on: Set<Attribute>;
  /** 0–15, `#rrggbb`, or undefined for the theme's own. */
  fg: number | string | undefined;
  bg: number | string | undefined;
}

const attributesOf: Readonly<Record<number, readonly [on: boolean, ...Attribute[]]>> = {
  1: [true, 'bold'],
  2: [true, 'dim'],
  3: [true, 'italic'],
  4: [true, 'underline'],
  7: [true, 'inverse'],
  9: [true, 'strike'],
  21: [true, 'underline'],
  22: [false, 'bold', 'dim'],
  23: [false, 'italic'],
  24: [false, 'underline'],
  27: [false, 'inverse'],
  29: [false, 'strike'],
};

/** An SGR escape, with its parameters. */
// oxlint-disable-next-line no-control-regex -- the control character is what it looks for
export const sgrEscape = /\x1b\[([\d;:]*)m/g;

/**
 * Cuts a line at its SGR escapes (ECMA-48 8.3.117, with xterm's 256 and true colours) into spans; the escapes themselves
 * are left out. Other escapes are taken as text: `sanitizeLine` has removed them. Time grows with the length alone.
 */
export function parseSgr(text: string): readonly SgrSpan[] {
  if (!text.includes('\x1b')) return text === '' ? [] : [{ text, classes: [] }];
  const spans: SgrSpan[] = [];
  const look: Look = { on: new Set(), fg: undefined, bg: undefined };
  let from = 0;
  for (const escape of text.matchAll(sgrEscape)) {
    addSpan(spans, text.slice(from, escape.index), look);
    from = escape.index + escape[0].length;
    applySgr(look, escape[1] ?? '');
  }
  addSpan(spans, text.slice(from), look);
  return spans;
}

function addSpan(spans: SgrSpan[], text: string, look: Look): void {
  if (text === '') return;
  const classes: string[] = [...look.on];
  if (typeof look.fg === 'number') classes.push(`fg${look.fg}`);
  if (typeof look.bg === 'number') classes.push(`bg${look.bg}`);
  const color = typeof look.fg === 'string' ? { color: look.fg } : {};
  const background = typeof look.bg === 'string' ? { backgroundColor: look.bg } : {};
  const style = { ...color, ...background };
  spans.push(Object.keys(style).length > 0 ? { text, classes, style } : { text, classes });
}

function applySgr(look: Look, parameters: string): void {
  // `38:2::r:g:b` groups with colons, with an empty colour space; `38;2;r;g;b` runs on with semicolons.
  const groups = parameters.split(';');
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? '';
    const code = Number.parseInt(group, 10) || 0;
    if (code !== 38 && code !== 48 && code !== 58) {
      applyCode(look, code, group);
      continue;
    }
    const grouped = group.includes(':');
    const rest = grouped ? group.split(':').slice(1) : groups.slice(i + 1, i + 5);
    const { colour, taken } = extendedColour(rest, grouped);
    if (!grouped) i += taken;
    if (colour === undefined) continue;
    if (code === 38) look.fg = colour;
    if (code === 48) look.bg = colour;
  }
}

function applyCode(look: Look, code: number, group: string): void {
  if (code === 0) {
    look.on.clear();
    look.fg = look.bg = undefined;
  } else if (code === 39) look.fg = undefined;
  else if (code === 49) look.bg = undefined;
  else if (code >= 30 && code <= 37) look.fg = code - 30;
  else if (code >= 40 && code <= 47) look.bg = code - 40;
  else if (code >= 90 && code <= 97) look.fg = code - 82;
  else if (code >= 100 && code <= 107) look.bg = code - 92;
  else if (group === '4:0') look.on.delete('underline');
  else {
    const [on, ...attributes] = attributesOf[code] ?? [true];
    for (const attribute of attributes) {
      if (on) look.on.add(attribute);
      else look.on.delete(attribute);
    }
  }
}

function extendedColour(
  rest: readonly string[],
  grouped: boolean,
): { colour: number | string | undefined; taken: number } {
  const numbers = rest.map((part) => Math.min(255, Number.parseInt(part, 10) || 0));
  if (numbers[0] === 5) return { colour: indexed(numbers[1] ?? 0), taken: 2 };
  if (numbers[0] !== 2) return { colour: undefined, taken: 1 };
  const rgb = grouped && numbers.length > 4 ? numbers.slice(2, 5) : numbers.slice(1, 4);
  return { colour: hex(rgb), taken: 4 };
}

/** xterm's table: 16 theme colours, a cube of 6×6×6, 24 greys. */
function indexed(index: number): number | string {
  if (index < 16) return index;
  if (index >= 232) return hex(Array<number>(3).fill(8 + (index - 232) * 10));
  const cube = index - 16;
  const steps = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return hex(steps.map((step) => (step === 0 ? 0 : 55 + step * 40)));
}

function hex(rgb: readonly number[]): string {
  return `#${[0, 1, 2].map((i) => (rgb[i] ?? 0).toString(16).padStart(2, '0')).join('')}`;
}
