import * as vscode from 'vscode';
import type { PodTemplateJson } from '../../domain/rollout/json.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import { textPage } from '../../views/documents/page.ts';
import { shownTemplate, withoutSharedDefaults } from '../../views/documents/shown-template.ts';
import { templatePath } from '../../views/documents/template-path.ts';
import { secretMark } from './secret-mark.ts';

const scheme = 'kubernetes-rollback-template';

/** One side of a comparison: whose template, which revision. */
export interface TemplateSide {
  readonly deployment: RunTarget;
  readonly revision: number;
  readonly replicaSetUid: string;
  readonly version: string;
  readonly template: PodTemplateJson;
}

/** Pod templates as a preview has read them: what would be written, whatever the cluster does meanwhile. */
export class TemplateDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      '# Compare the revisions again: this text was not kept over the reload.\n'
    );
  }

  async compare(from: TemplateSide, to: TemplateSide): Promise<void> {
    const { stringify } = await import('../../cluster/kubeconfig/yaml-library.ts');
    const shown = [from, to].map(({ template }) => shownTemplate(template, secretMark));
    const [before = {}, after = {}] = shown;
    const texts = withoutSharedDefaults(before, after).map((one) => stringify(one, { sortMapEntries: true }));
    const left = this.#document(from, texts[0] ?? '');
    const right = this.#document(to, texts[1] ?? '');
    const title = `${from.deployment.name}: revision ${from.revision} (${from.version}) → ${to.revision} (${to.version})`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  #document(side: TemplateSide, yaml: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: templatePath(side.deployment, side) });
    const before = this.#texts.get(uri.toString());
    const { text } = textPage(yaml);
    this.#texts.set(uri.toString(), text);
    // The live template can be another one than before: it was edited by hand.
    if (before !== undefined && before !== text) this.#changed.fire(uri);
    return uri;
  }
}
