import assert from 'node:assert/strict';
import fc from 'fast-check';

import { dashboardUrl } from '../../../../src/domain/runbook/dashboard-url.ts';

const place = { context: 'prod', namespace: 'shop', deployment: 'api', from: 1000, to: 2000 };

describe('the address of a dashboard', () => {
  it('has its placeholders filled in, and other braces left as they are', () => {
    const template =
      'https://grafana.example.com/d/{deployment}?var-ns={namespace}&c={context}&from={from}&to={to}&q={other}';
    assert.equal(
      dashboardUrl(template, place),
      'https://grafana.example.com/d/api?var-ns=shop&c=prod&from=1000&to=2000&q={other}',
    );
  });

  it('is http or https, written out', () => {
    for (const template of [
      '',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'vscode://x',
      '{context}://x',
      'https://',
      'https:// x',
      'command:workbench',
    ])
      assert.equal(dashboardUrl(template, place), undefined, template);
    assert.equal(dashboardUrl(' http://localhost:3000 ', place), 'http://localhost:3000');
  });

  it('goes to the same host, with the same parameters, whatever a context is called', () => {
    const template = 'https://g.example.com/d?c={context}&n={namespace}#top';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (context) => {
        const url = new URL(dashboardUrl(template, { ...place, context }) ?? '');
        assert.deepEqual(
          [url.host, url.hash, [...url.searchParams.keys()]],
          ['g.example.com', '#top', ['c', 'n']],
        );
        assert.equal(url.searchParams.get('c'), context.toWellFormed());
      }),
    );
  });
});
