import assert from 'node:assert/strict';
import { afterLines, afterScroll, FOLLOWING } from '../../../src/webview/log/follow.ts';

describe('following the log', () => {
  it('stops when one scrolls up', () => {
    const state = afterScroll(FOLLOWING, { top: 900, lastTop: 1000, toEnd: 100, rowHeight: 19 });
    assert.deepEqual(state, { following: false, unseen: 0 });
  });
  it('goes on when the content has only grown', () => {
    assert.equal(afterScroll(FOLLOWING, { top: 1000, lastTop: 1000, toEnd: 190, rowHeight: 19 }), FOLLOWING);
  });
  it('counts the lines that come while one reads', () => {
    const reading = { following: false, unseen: 2 };
    assert.deepEqual(afterLines(reading, 3), { following: false, unseen: 5 });
    assert.equal(afterLines(FOLLOWING, 3), FOLLOWING);
  });
  it('begins again at the last row', () => {
    const reading = { following: false, unseen: 2 };
    assert.equal(afterScroll(reading, { top: 1095, lastTop: 900, toEnd: 5, rowHeight: 19 }), FOLLOWING);
  });
});
