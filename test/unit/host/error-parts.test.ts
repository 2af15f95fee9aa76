import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import { errorParts, withoutLinks } from '../../../src/host/error-parts.ts';

describe('the words of an error', () => {
  it('are its message and what to do next', () => {
    const error = new ApiError('credentials', 'The login failed.');
    assert.deepEqual(errorParts(error), { message: 'The login failed.', hint: error.hint });
    assert.deepEqual(errorParts('odd'), { message: 'odd', hint: '' });
  });

  it('never hold a link to a command that a login command or a server has made up', () => {
    const { message } = errorParts(new Error('SSO expired, [log in](command:workbench.action.terminal.new)'));
    assert.equal(message, 'SSO expired, [log in] (command:workbench.action.terminal.new)');
  });

  it('are made of no link that a pod or a controller says', () => {
    assert.equal(withoutLinks('denied: [help](command:x) [a](b)'), 'denied: [help] (command:x) [a] (b)');
  });
});
