import assert from 'node:assert/strict';

import { sparklineSvg } from '../../../../src/views/figures/sparkline-svg.ts';

describe('a sparkline for a document', () => {
  const series = [
    { at: 0, value: 0 },
    { at: 30_000, value: 2 },
    { at: 60_000, value: 1 },
  ];

  it('is SVG that stands by itself, with the rollback marked and its words', () => {
    const svg = sparklineSvg(series, { width: 120, height: 30, markAt: 30_000, title: 'Errors <"&"> 2' });
    assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="120" height="30"/);
    assert.ok(svg.includes('<title>Errors &#60;&#34;&#38;&#34;&#62; 2</title>'));
    assert.ok(svg.includes('d="M60 0V30"'));
    assert.ok(svg.includes('d="M0 28.5h0L60 1.5L120 15"'));
    assert.ok(!/\n|NaN|undefined/.test(svg));
  });

  it('has no mark outside its axis, and no line of nothing', () => {
    const svg = sparklineSvg([], { width: 120, height: 30, markAt: 5 });
    assert.ok(svg.includes('d=""'));
    assert.ok(!svg.includes('dasharray'));
  });
});
