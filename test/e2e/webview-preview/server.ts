import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { bundlePreview } from './bundle.ts';
import type { ThemeName } from './themes.ts';
import { THEMES, themeSheet } from './themes.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** A page server on an ephemeral port of this machine. */
export interface PreviewServer {
  /** `http://127.0.0.1:PORT`; add `/?theme=dark&sample=rollback&log=sample`. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves the built webview as VS Code would: same page, same content security policy, a theme's variables. */
export async function startPreview(): Promise<PreviewServer> {
  const files = await bundlePreview();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://preview');
    const theme = themeName(url.searchParams.get('theme'));
    if (url.pathname === '/') {
      const element = url.searchParams.get('page') === 'logs' ? 'kr-logs-editor' : 'kr-panel';
      return reply(response, 'text/html', page(theme, element), policy);
    }
    if (url.pathname === '/theme.css') return reply(response, 'text/css', themeSheet(theme));
    const file = files.get(url.pathname.slice(1));
    if (url.pathname === '/favicon.ico') return void response.writeHead(204).end();
    if (file === undefined) return void response.writeHead(404).end();
    reply(response, TYPES[extname(url.pathname)] ?? 'application/octet-stream', file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The preview has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const nonce = 'preview';
const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  "style-src 'self'",
  "font-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

function themeName(asked: string | null): ThemeName {
  return asked !== null && Object.hasOwn(THEMES, asked) ? (asked as ThemeName) : 'dark';
}

function page(theme: ThemeName, element: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Rollback</title>
<link rel="stylesheet" href="theme.css?theme=${theme}">
<link rel="stylesheet" href="webview.css">
<script nonce="${nonce}" type="module" src="page.js"></script>
<script nonce="${nonce}" type="module" src="webview.js"></script>
</head>
<body class="${THEMES[theme].bodyClass}" data-panel="preview"><${element}></${element}></body>
</html>`;
}

function reply(response: ServerResponse, type: string, body: string | Uint8Array, csp?: string): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    ...(csp === undefined ? {} : { 'content-security-policy': csp }),
  });
  response.end(body);
}
