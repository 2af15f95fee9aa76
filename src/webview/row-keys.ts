/**
 * Up and Down move the focus among the rows of a list (`[data-row]` buttons); Right unfolds and Left folds, as in VS Code's
 * trees. Tab still reaches every row and button.
 */
export function moveAmongRows(event: KeyboardEvent): void {
  const list = event.currentTarget;
  const row = event.target;
  if (!(list instanceof HTMLElement) || !(row instanceof HTMLElement) || !row.matches('[data-row]')) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const open = row.getAttribute('aria-expanded') === 'true';
  if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
    if (open === (event.key === 'ArrowLeft')) row.click();
    event.preventDefault();
    return;
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const next = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)];
  next?.focus();
  event.preventDefault();
}
