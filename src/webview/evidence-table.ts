import type { TemplateResult } from 'lit';
import { html } from 'lit';
import type { TableModel } from '../shared/panel-model.ts';
import { icon, spoken } from './icon.ts';
import { TONES } from './tones.ts';

/** So many columns stand beside each other in a narrow side column too. */
const FEW_COLUMNS = 4;

/**
 * Rows of evidence under their headers; never wider than the panel: cells wrap, and where it is narrow, sooner where there are
 * many columns, they follow each other with their columns' names, for which the roles are said. The first cell names its row.
 */
export function evidenceTable({ columns, rows }: TableModel, name: string): TemplateResult {
  return html`<table class="table ${columns.length > FEW_COLUMNS ? 'table-wide' : ''}" role="table">
    <caption class="spoken">
      ${name}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map((column) => html`<th scope="col" role="columnheader">${column}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ cells, tone }) =>
          html`<tr role="row" class="table-${tone}">
            ${cells.map((cell, index) =>
              index === 0
                ? html`<th scope="row" role="rowheader">
                    ${icon(TONES[tone].icon)}${spoken(TONES[tone].words)}${cell}
                  </th>`
                : html`<td role="cell" data-column=${columns[index] ?? ''}>${cell}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
