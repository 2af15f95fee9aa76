import * as vscode from 'vscode';
import type { Moment, MomentPlace } from '../../views/documents/page.ts';

/** A moment in a cluster's namespace, as the command takes it. */
export interface PlacedMoment extends Moment {
  readonly context: string;
  readonly namespace: string;
}

/** The moments that a document's text names. */
type MomentsOf = (
  document: vscode.TextDocument,
) => readonly (MomentPlace & { readonly moment: PlacedMoment })[];

/** Makes the times of events links to the logs around them: Ctrl+click, or `Open Link` at the cursor. */
export class EventLinks implements vscode.DocumentLinkProvider {
  readonly #momentsOf: MomentsOf;

  constructor(momentsOf: MomentsOf) {
    this.#momentsOf = momentsOf;
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return this.#momentsOf(document).map(({ line, from, to, moment }) => {
      const argument = encodeURIComponent(JSON.stringify([moment]));
      const target = vscode.Uri.parse(`command:kubernetesRollback.openLogsAtTime?${argument}`);
      const link = new vscode.DocumentLink(new vscode.Range(line, from, line, to), target);
      link.tooltip = 'Open the logs at this time';
      return link;
    });
  }
}
