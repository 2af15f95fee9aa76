import type { TemplateResult } from 'lit';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewMemory } from '../view-memory.ts';
import type { LogArea } from './log-area.ts';
import './log-area.ts';
import type { LogPlace } from './log-toolbar.ts';

/** The log areas of a page under their titles: one in its `place`, or two side by side, each with its own filter. */
export function logAreas(
  titles: readonly string[],
  place: LogPlace,
  memory: ViewMemory | undefined,
): TemplateResult {
  const split = titles.length > 1;
  return html`${repeat(
    titles,
    (_title, area) => area,
    (title, area) =>
      html`<section class="logs-area" aria-label=${title}>
        ${split ? html`<div class="logs-title" aria-hidden="true">${title}</div>` : nothing}
        <kr-log
          .area=${area}
          .place=${split ? 'split' : place}
          .name=${title}
          .memory=${memory?.log(area)}
        ></kr-log>
      </section>`,
  )}`;
}

/** Those of the page, in their order. */
export function areasIn(page: ParentNode): readonly LogArea[] {
  return [...page.querySelectorAll<LogArea>('kr-log')];
}

/** The one with the focus, else the first. */
export function areaInUse(page: ParentNode): LogArea | undefined {
  const areas = areasIn(page);
  return areas.find((one) => one.contains(document.activeElement)) ?? areas[0];
}
