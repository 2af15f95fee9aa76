import assert from 'node:assert/strict';

import { proxyFor } from '../../../src/cluster/kubeconfig/proxy.ts';

describe('the proxy to an API server', () => {
  const server = new URL('https://api.prod.example:6443');
  const vscode = { url: 'http://vscode:3128', exceptions: ['*.internal', '10.0.0.0/8'] };

  it('is VS Code’s only where neither the kubeconfig nor the environment names one', () => {
    const environment = { HTTPS_PROXY: 'http://environment:3128' };
    assert.equal(proxyFor(server, 'socks5://own:1080', environment, vscode), 'socks5://own:1080');
    assert.equal(proxyFor(server, '', environment, vscode), 'http://environment:3128');
    assert.equal(proxyFor(server, '', {}, vscode), 'http://vscode:3128');
    assert.equal(proxyFor(server, '', { HTTP_PROXY: 'http://for-plain-http' }, vscode), 'http://vscode:3128');
    assert.equal(proxyFor(server, '', {}, undefined), undefined);
  });

  it('is none where the environment makes an exception, VS Code’s neither', () => {
    const environment = { HTTPS_PROXY: 'http://environment:3128', NO_PROXY: '.prod.example' };
    assert.equal(proxyFor(server, '', environment, vscode), undefined);
  });

  it('is none to what VS Code’s exceptions name, and to this machine itself', () => {
    for (const address of [
      'https://api.internal',
      'https://10.1.2.3:6443',
      'https://localhost:6443',
      'https://127.1.2.3:6443',
      'https://[::1]:6443',
    ])
      assert.equal(proxyFor(new URL(address), '', {}, vscode), undefined, address);
    assert.equal(proxyFor(new URL('https://11.1.2.3'), '', {}, vscode), vscode.url);
  });

  const exceptions: Readonly<Record<string, boolean>> = {
    '*': true,
    example: true,
    'prod.example': true,
    '.prod.example': true,
    '*.prod.example': true,
    'api.prod.example:6443': true,
    'API.PROD.EXAMPLE': true,
    ' api.prod.example ': true,
    'api.prod.example:443': false,
    'rod.example': false,
    '.api.prod.example': false,
    '10.0.0.0/8': false,
    '': false,
    ':6443': false,
  };
  for (const [exception, holds] of Object.entries(exceptions))
    it(`${holds ? 'is none' : 'stays'} with NO_PROXY="${exception}"`, () => {
      const found = proxyFor(server, '', { HTTPS_PROXY: 'http://p', NO_PROXY: `x,${exception}` }, undefined);
      assert.equal(found === undefined, holds);
    });
});
