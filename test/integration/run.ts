/**
 * Runs test/integration inside the extension host of VS Code's own server.
 * `--grep WORDS` runs the tests whose titles contain the words.
 */
import { repository } from '../../scripts/bundle/bundle-extension.ts';
import { bundleHostTests } from '../../scripts/bundle/bundle-host-tests.ts';
import { leaveTally } from '../reporting/tally.ts';
import { openBed } from '../testbed/vscode/bed.ts';
import { EventPrinter } from './event-printer.ts';
import { startEventServer } from './event-server.ts';
import { EVENTS_ADDRESS, ONLY } from './host-event.ts';

const grep = process.argv.indexOf('--grep');
const only = grep === -1 ? undefined : process.argv[grep + 1];

const tests = await bundleHostTests();
const printer = new EventPrinter((line) => console.log(line));
const events = await startEventServer((event) => printer.take(event));
const bed = await openBed({
  development: repository,
  env: { [EVENTS_ADDRESS]: events.address, ...(only === undefined ? {} : { [ONLY]: only }) },
});
try {
  const window = await bed.openWindow({ name: 'integration', tests });
  await events.ended;
  if (printer.tally.failed.length > 0) await window.keepEvidence();
} finally {
  await bed.close();
  events.close();
}
leaveTally(printer.tally);
process.exitCode = printer.tally.failed.length > 0 || printer.tally.passed === 0 ? 1 : 0;
