import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { TableModel } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { TONES } from './tones.ts';

/** Rows of evidence under their headers; never wider than the panel: its cells wrap. The first cell names its row. */
export function evidenceTable({ columns, rows }: TableModel, name: string): TemplateResult {
  return html`<table class="table">
    <caption class="spoken">
      ${name}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ cells, tone }) =>
          html`<tr class="table-row table-${tone}">
            ${cells.map((cell, index) =>
              index === 0
                ? html`<th scope="row">
                    ${icon(TONES[tone].icon, `evidence-icon`)}${spoken(TONES[tone].words)}${cell}
                  </th>`
                : html`<td>${cell}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
