import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { icon, spoken } from './icon.ts';

/** The event by which a row asks to be opened or folded; `detail` is what it should become. */
const FOLD = 'kr-fold';

export interface FoldRow {
  readonly id: string;
  readonly heading: string;
  /** The state in words, for screen readers. */
  readonly state: string;
  readonly marker: TemplateResult;
  /** What stands at the right: a short piece of evidence or a time. */
  readonly aside: TemplateResult | string;
  /** Undefined where there is nothing to unfold. */
  readonly open: boolean | undefined;
  readonly body: () => TemplateResult;
}

/** A line that unfolds, used by steps and by the checklist. It stays the same button, so the focus is never lost. */
export function foldRow(row: FoldRow): TemplateResult {
  const line = html`${row.marker}<span class="row-title">${row.heading}</span>${spoken(`, ${row.state}`)}<span
      class="row-aside"
      title=${typeof row.aside === 'string' ? row.aside : nothing}
      >${row.aside}</span
    >`;
  if (row.open === undefined) return html`<div class="row">${line}</div>`;
  const open = row.open;
  return html`<button
      type="button"
      class="row"
      data-row
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls=${open ? row.id : nothing}
      @click=${(event: Event) => askToFold(event, !open)}
    >
      ${icon(open ? 'chevron-down' : 'chevron-right', 'row-twistie')}${line}
    </button>
    ${open ? html`<div class="row-body" id=${row.id}>${row.body()}</div>` : nothing}`;
}

function askToFold(event: Event, open: boolean): void {
  event.currentTarget?.dispatchEvent(new CustomEvent<boolean>(FOLD, { bubbles: true, detail: open }));
}
