import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/bundle/bundle-extension.ts';
import { type Problem, problems } from '../../../src/cluster/errors/problems.ts';

describe('docs/troubleshooting.md', () => {
  const text = readFileSync(join(repository, 'docs', 'troubleshooting.md'), 'utf8').replaceAll(/\s+/g, ' ');

  for (const [name, problem] of Object.entries<Problem>(problems))
    it(`says what ${name} means and what to do`, () => {
      const says = problem.says === '{detail}' ? 'own words' : problem.says.replaceAll(/\{\w+\}/g, '…');
      const [, row = ''] = text.split(`| ${says} `);
      assert.ok(row !== '' || says === 'own words', `a row begins with “${says}”`);
      assert.ok(text.includes(`| ${problem.hint} |`), problem.hint);
    });
});
