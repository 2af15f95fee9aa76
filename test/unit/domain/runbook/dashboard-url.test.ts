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

  it('has each name encoded once, in the path and in the query, and its own text as it was written', () => {
    const context = 'arn:aws:eks:eu-west-1:1234:cluster/a b&c#d%2F+';
    const name = 'arn%3Aaws%3Aeks%3Aeu-west-1%3A1234%3Acluster%2Fa%20b%26c%23d%252F%2B';
    const template = 'https://grafana.example.com/d/{context}/x?c={context}&q=a%26b%20c+d#at-{context}';
    assert.equal(
      dashboardUrl(template, { ...place, context }),
      `https://grafana.example.com/d/${name}/x?c=${name}&q=a%26b%20c+d#at-${name}`,
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
