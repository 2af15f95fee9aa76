import { nothing, svg, type SVGTemplateResult } from 'lit';
import { html, type TemplateResult } from 'lit';
import { courseBox, type FigureCourse } from '../shared/panel-model.ts';

/** A figure's course as a line; its room stays where there is none yet, so that nothing moves when it comes. */
export function sparkline(course: FigureCourse | undefined): TemplateResult {
  const { width, height } = courseBox;
  return html`<svg
    class="sparkline"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${course === undefined ? nothing : lines(course, height)}
  </svg>`;
}

function lines({ line, markX }: FigureCourse, height: number): SVGTemplateResult {
  const mark =
    markX === undefined
      ? nothing
      : svg`<path class="sparkline-mark" d="M${markX} 0V${height}" vector-effect="non-scaling-stroke"></path>`;
  return svg`${mark}<path class="sparkline-line" d=${line} vector-effect="non-scaling-stroke"></path>`;
}
