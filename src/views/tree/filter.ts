/** What the person wants to see of the tree. */
export interface TreeFilter {
  /** Words that must all be found in a deployment's place, images and causes; empty for all. */
  readonly text: string;
  readonly failingOnly: boolean;
}

export const noFilter: TreeFilter = { text: '', failingOnly: false };

export function isFiltering({ text, failingOnly }: TreeFilter): boolean {
  return failingOnly || text.trim() !== '';
}

/** A test for texts that hold all words of the filter, in any order and in capitals or not. */
export function textTest({ text }: TreeFilter): (texts: () => readonly string[]) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (texts) => {
    const all = texts().join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

/** What the view says while a filter is on: `Filter “api”, failing only: 4,998 of 5,000 hidden`. Undefined while none is. */
export function filterWords(filter: TreeFilter, shown: number, total: number): string | undefined {
  if (!isFiltering(filter)) return undefined;
  const text = filter.text.trim();
  const parts = [...(text === '' ? [] : [`“${text}”`]), ...(filter.failingOnly ? ['failing only'] : [])];
  return `Filter ${parts.join(', ')}: ${count(total - shown)} of ${count(total)} hidden`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
