import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { RunTarget } from '../../domain/runbook/events.ts';

/** The panel's page: one element, one script, one style sheet, and a policy that lets nothing else in. */
export function panelHtml(webview: vscode.Webview, dist: vscode.Uri, target: RunTarget): string {
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
    <title>${escaped(target.name)}</title>
  </head>
  <body data-panel="${escaped(JSON.stringify(target))}">
    <kr-panel></kr-panel>
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
