import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Which of our elements a page shows, and what it keeps for after a reload. */
export interface PageContent {
  readonly element: 'kr-panel' | 'kr-logs-editor';
  readonly title: string;
  readonly state: string;
}

/** The page of a panel or of a Logs editor: one element, one script, one style sheet, and a policy that lets nothing else in. */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri, content: PageContent): string {
  const nonce = randomBytes(18).toString('base64url');
  const style = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css'));
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js'));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style.toString()}">
    <title>${escaped(content.title)}</title>
  </head>
  <body data-panel="${escaped(content.state)}">
    <${content.element}></${content.element}>
    <script type="module" nonce="${nonce}" src="${script.toString()}"></script>
  </body>
</html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
