import assert from 'node:assert/strict';
import { judgeGo } from '../../testbed/cluster/binary/go-toolchain.ts';

describe('judging the Go of this machine', () => {
  const version = (number: string): string => `go version go${number} linux/amd64\n`;

  it('takes Go 1.26 and newer as it is', () => {
    for (const number of ['1.26', '1.26.8', '1.27rc1', '1.30.1', '2.0.0']) {
      assert.deepEqual(judgeGo(version(number), 'auto\n'), { usable: true, version: number, fetches: false });
    }
  });

  it('takes Go 1.21 to 1.25, which fetch a newer Go by themselves', () => {
    for (const number of ['1.21.0', '1.24.4', '1.25.1']) {
      assert.deepEqual(judgeGo(version(number), 'auto\n'), { usable: true, version: number, fetches: true });
    }
  });

  it('refuses one that may not fetch, and says how to allow it', () => {
    assert.match(problem(version('1.24.4'), 'local\n'), /may not fetch.*go env -w GOTOOLCHAIN=auto/s);
    assert.equal(judgeGo(version('1.26.8'), 'local').usable, true);
  });

  it('refuses the Go of Debian 12 by name, and says what to install', () => {
    const said = problem(version('1.19.8'), '');
    assert.match(said, /^Go 1\.19\.8 is too old.*Debian 12's own/);
    assert.match(said, /https:\/\/go\.dev\/doc\/install/);
  });

  it('says where Go is to be had when there is none', () => {
    assert.match(problem(undefined, ''), /was not found.*https:\/\/go\.dev\/doc\/install/s);
  });

  it('shows output that it does not understand', () => {
    assert.match(problem('gccgo (Debian 12) 12.2.0', ''), /"gccgo \(Debian 12\) 12\.2\.0"/);
  });

  function problem(output: string | undefined, setting: string): string {
    const judged = judgeGo(output, setting);
    assert.equal(judged.usable, false);
    return judged.problem;
  }
});
