/** How large text is drawn, in pixels. */
export interface TextSize {
  readonly rowHeight: number;
  readonly charWidth: number;
}

const MEASURED = 100;

/** Measures the log's text as its element draws it: its height, and the width of one of its characters. */
export function measureText(element: HTMLElement): TextSize {
  const height = Number.parseFloat(getComputedStyle(element).lineHeight);
  const ruler = document.createElement('span');
  ruler.className = 'log-ruler';
  ruler.textContent = '0'.repeat(MEASURED);
  element.append(ruler);
  const width = ruler.getBoundingClientRect().width / MEASURED;
  ruler.remove();
  return { rowHeight: height > 0 ? height : 19, charWidth: width > 0 ? width : 8 };
}
