import * as vscode from 'vscode';
import type { Page, Tone } from '../../views/documents/page.ts';

const { Full, Center } = vscode.OverviewRulerLane;

/**
 * How each tone is drawn, in colours of the theme that can be read as text on an editor's background, in light themes too.
 * Those of lists are none in high contrast, where text in them would not be seen: package.json has ours for that. Words and
 * shapes carry the meaning as well.
 */
const styles: Readonly<Record<Tone, vscode.DecorationRenderOptions>> = {
  heading: { fontWeight: 'bold' },
  faint: { color: new vscode.ThemeColor('descriptionForeground') },
  ok: { color: new vscode.ThemeColor('gitDecoration.addedResourceForeground') },
  warning: colour('kubernetesRollback.warningForeground', Center),
  failed: { ...colour('kubernetesRollback.failedForeground', Full), fontWeight: 'bold' },
};

function colour(id: string, overviewRulerLane: vscode.OverviewRulerLane): vscode.DecorationRenderOptions {
  return {
    color: new vscode.ThemeColor(id),
    overviewRulerColor: new vscode.ThemeColor(id),
    overviewRulerLane,
  };
}

/** Draws the tones of pages in the editors that show them. */
export class PageDecorations {
  readonly #types = Object.entries(styles).map(([tone, style]) => ({
    tone,
    type: vscode.window.createTextEditorDecorationType({
      // A tone must not spread over text that comes in beside it before it is drawn anew.
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      ...style,
    }),
  }));

  /** The editor must show exactly this page's text. */
  draw(editor: vscode.TextEditor, { marks }: Page): void {
    for (const { tone, type } of this.#types)
      editor.setDecorations(
        type,
        marks
          .filter((mark) => mark.tone === tone)
          .map(({ line, from, to }) => new vscode.Range(line, from, line, to)),
      );
  }

  dispose(): void {
    for (const { type } of this.#types) type.dispose();
  }
}
