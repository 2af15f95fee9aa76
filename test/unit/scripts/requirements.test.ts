import assert from 'node:assert/strict';
import { browser, compilers, missingMessage } from '../../../scripts/set-up/requirements.ts';

describe('what is missing on a machine', () => {
  it('is named in one message, with one command that installs all of it', () => {
    const lines = missingMessage([browser, ...compilers], 'apt-get', []).split('\n');
    assert.equal(lines[0], 'Missing on this machine:');
    assert.match(lines[1] ?? '', /Chromium: shows VS Code to the tests/);
    assert.equal(
      lines.at(-1),
      '  sudo apt-get update && sudo apt-get install --yes chromium python3 make g++ libkrb5-dev',
    );
  });

  it('is named in the words of another package manager', () => {
    const message = missingMessage(compilers, 'dnf', []);
    assert.match(message, /sudo dnf install --assumeyes python3 make gcc-c\+\+ krb5-devel$/);
  });

  it('is named without a command where no package manager is known', () => {
    assert.doesNotMatch(missingMessage([browser], undefined, []), /Install it with/);
  });

  it('comes together with what is wrong with Go', () => {
    const message = missingMessage([browser], 'apt-get', ['Go 1.19 is too old.']);
    assert.match(message, /Chromium[\s\S]+Go 1\.19 is too old\.$/);
    assert.equal(missingMessage([], 'apt-get', ['Go 1.19 is too old.']), 'Go 1.19 is too old.');
  });
});
