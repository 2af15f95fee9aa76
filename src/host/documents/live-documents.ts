import * as vscode from 'vscode';
import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Clock } from '../../ports/clock.ts';
import { LiveDocument } from './live-document.ts';
import type { LiveSource } from './live-source.ts';
import type { MomentPlace, Page } from '../../views/documents/page.ts';
import { EventLinks, type PlacedMoment } from './event-links.ts';
import { PageDecorations } from './page-decorations.ts';

const liveScheme = 'kubernetes-rollback';

/** Where a live document stands: what it shows of whom. The last part is the tab's name. */
export interface DocumentPlace {
  readonly context: string;
  readonly namespace: string;
  /** `veza-backend-api.events`. */
  readonly file: string;
  /** What tells it from others with the same name, such as a uid. */
  readonly key?: string;
}

/**
 * Read-only documents that follow the cluster while somebody looks at them: events, usage, objects, descriptions. VS
 * Code's own editor gives search, copying, zoom and a screen reader's way through.
 */
export class LiveDocuments implements vscode.TextDocumentContentProvider {
  readonly #clock: Clock;
  readonly #open = new Map<string, LiveDocument>();
  readonly #places = new Map<string, DocumentPlace>();
  /** What the editors have drawn last. */
  readonly #drawn = new Map<string, Page>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  #decorations: PageDecorations | undefined;
  /** The last line of what each editor has shown. */
  readonly #ends = new WeakMap<vscode.TextEditor, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const document = this.#open.get(uri.toString());
    if (document === undefined) return '# Open this again: it was not kept over the reload.\n';
    document.start();
    return document.page.text;
  }

  /** Shows a document in an editor of its own; one that is open already comes to the front. */
  async show(place: DocumentPlace, source: LiveSource): Promise<void> {
    await vscode.window.showTextDocument(this.add(place, source), { preview: false });
  }

  /** Makes a document known, for an editor that is about to show it. */
  add({ context, namespace, file, key }: DocumentPlace, source: LiveSource): vscode.Uri {
    // The first part lets package.json give these documents their language.
    const path = ['kubernetes-rollback', context, namespace, file].map(encodeURIComponent).join('/');
    const uri = vscode.Uri.from({
      scheme: liveScheme,
      path: `/${path}`,
      ...(key === undefined ? {} : { query: key }),
    });
    const id = uri.toString();
    this.#places.set(id, { context, namespace, file });
    if (!this.#open.has(id))
      this.#open.set(id, new LiveDocument(source, this.#clock, () => this.#redraw(uri)));
    return uri;
  }

  /** The object that a document is of. */
  objectOf(uri: vscode.Uri): ObjectReference | undefined {
    return this.#open.get(uri.toString())?.source.object;
  }

  /** The moments that a document's text names: that of now or, while it is on its way to the editor, the one before. */
  moments(document: vscode.TextDocument): readonly (MomentPlace & { readonly moment: PlacedMoment })[] {
    const id = document.uri.toString();
    const text = document.getText();
    const page = [this.#open.get(id)?.page, this.#drawn.get(id)].find((one) => one?.text === text);
    const place = this.#places.get(id);
    if (page?.moments === undefined || place === undefined) return [];
    const { context, namespace } = place;
    return page.moments.map((each) => ({ ...each, moment: { ...each.moment, context, namespace } }));
  }

  /** Asks anew for what is shown, after the kubeconfig or its connections have changed. */
  restart(): void {
    for (const document of this.#open.values()) document.restart();
  }

  register(): vscode.Disposable {
    const looked = () => this.#look();
    return vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(liveScheme, this),
      vscode.languages.registerDocumentLinkProvider(
        { scheme: liveScheme },
        new EventLinks((document) => this.moments(document)),
      ),
      vscode.window.onDidChangeVisibleTextEditors(looked),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#draw(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri)),
      {
        dispose: () => {
          for (const document of this.#open.values()) document.dispose();
          this.#decorations?.dispose();
        },
      },
    );
  }

  /** Which documents are in sight: the others ask nothing. */
  #look(): void {
    const editors = vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.scheme === liveScheme,
    );
    const inSight = new Set(editors.map(({ document }) => document.uri.toString()));
    for (const [id, document] of this.#open) document.setVisible(inSight.has(id));
    for (const { document } of editors) this.#draw(document);
  }

  #redraw(uri: vscode.Uri): void {
    this.#changed.fire(uri);
    // Only the colours may differ.
    for (const { document } of editorsOf(uri)) this.#draw(document);
  }

  /** Puts the colours on and keeps the end in sight, once the editor has the page's text. */
  #draw(document: vscode.TextDocument): void {
    const id = document.uri.toString();
    const live = this.#open.get(id);
    if (live === undefined) return;
    const { page } = live;
    if (document.getText() !== page.text) return;
    this.#drawn.set(id, page);
    this.#decorations ??= new PageDecorations();
    for (const editor of editorsOf(document.uri)) {
      this.#decorations.draw(editor, page);
      if (live.source.followsEnd === true) this.#keepEnd(editor);
    }
  }

  /** A person who has not moved away from the end sees what is added. */
  #keepEnd(editor: vscode.TextEditor): void {
    const last = editor.document.lineCount - 1;
    const before = this.#ends.get(editor);
    this.#ends.set(editor, last);
    const seen = editor.visibleRanges.at(-1)?.end.line ?? 0;
    if (before !== last && (before === undefined || seen >= before - 1))
      editor.revealRange(new vscode.Range(last, 0, last, 0));
  }

  #close(uri: vscode.Uri): void {
    const id = uri.toString();
    this.#open.get(id)?.dispose();
    for (const each of [this.#open, this.#places, this.#drawn]) each.delete(id);
  }
}

function editorsOf(uri: vscode.Uri): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
}
