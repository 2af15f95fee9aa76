/** Takes the lock that its argument names as often as it is told to on standard input, and says what came of it. */
import { createInterface } from 'node:readline';

import type { Ending } from '../../../src/ports/clock.ts';
import { takeLock } from '../../../src/runs/lock.ts';

const file = process.argv[2] ?? '';
let lock: Ending | undefined;
for await (const command of createInterface({ input: process.stdin })) {
  if (command === 'release') {
    lock?.dispose();
    console.log('released');
  } else {
    lock = await takeLock(file);
    console.log(lock === undefined ? 'refused' : 'taken');
  }
}
