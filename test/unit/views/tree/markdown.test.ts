import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainInMarkdown, tooltipMarkdown } from '../../../../src/views/tree/markdown.ts';

describe('text from a cluster in a tooltip', () => {
  it('stays text, whatever it holds: no punctuation mark is left to Markdown, no line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (text) => {
        const rest = plainInMarkdown(text).replaceAll(/\\[!-/:-@[-`{-~]/g, '');
        assert.doesNotMatch(rest, /[!-/:-@[-`{-~\r\n]/);
      }),
    );
  });

  it('makes no link, no command and no icon', () => {
    for (const text of [
      '[x](command:evil)',
      'https://evil.example',
      'www.evil.example',
      '$(bug)',
      '<b>x</b>',
    ])
      assert.doesNotMatch(plainInMarkdown(text), /\]\(|:\/\/|www\.|\$\(|<b>/);
  });

  it('shows what would turn the text around, and cuts what is endless', () => {
    assert.match(plainInMarkdown('a\u202eb'), /U\\\+202E/);
    assert.ok(plainInMarkdown('x'.repeat(100_000)).length < 500);
  });

  it('stands under a title, facts with their names, without those that are empty', () => {
    const tooltip = {
      title: 'shop/api',
      paragraphs: [['Healthy'], [{ name: 'Node', text: '' }], [{ name: 'Pods', text: '3' }, 'more']],
    };
    assert.equal(tooltipMarkdown(tooltip), '**shop\\/api**\n\nHealthy\n\n**Pods** 3  \nmore');
  });
});
