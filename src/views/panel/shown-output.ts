import { sgrEscape } from '../../domain/logs/ansi.ts';
import { visible } from '../../domain/logs/visible.ts';

/** Most lines and characters of an output that are shown: the last ones, since they tell how it ended. */
const linesShown = 200;
const charactersShown = 20_000;

/** The end of what a test printed, without its colours; what cannot be seen is shown as a mark. */
export function shownOutput(output: string): string {
  const lines = output.trimEnd().split(/\r?\n/);
  const kept = lines.slice(-linesShown).map((line) => visible(line.replace(sgrEscape, '')));
  const text = kept.join('\n');
  const cut = text.length > charactersShown ? text.slice(-charactersShown) : text;
  const whole = lines.length <= linesShown && cut === text;
  return whole ? text : `… what was printed before is left out\n${cut}`;
}
