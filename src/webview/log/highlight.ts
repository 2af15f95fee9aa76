/** The name under which the style sheet colours what the filter has found. */
const NAME = 'kr-found';

/** Marks each place of `text` in the rows of `list`, without touching their elements. */
export function highlightMatches(list: HTMLElement, text: string): void {
  if (text === '') {
    CSS.highlights.delete(NAME);
    return;
  }
  const wanted = text.toLowerCase();
  const found = new Highlight();
  const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const content = node.nodeValue?.toLowerCase() ?? '';
    // Lower case can be longer than the text itself (İ); then the places would not fit.
    if (content.length !== node.nodeValue?.length) continue;
    for (let at = content.indexOf(wanted); at >= 0; at = content.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      found.add(range);
    }
  }
  CSS.highlights.set(NAME, found);
}
