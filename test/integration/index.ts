/**
 * The module that VS Code loads into its extension host to run tests there: `extensionTestsPath`, in a browser and on
 * the desktop alike. Runs the `*.test.ts` files beside it, bundled into the same folder.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Mocha from 'mocha';
import { EVENTS_ADDRESS, type HostEvent, ONLY } from './host-event.ts';
import { described, reportEvents } from './host-reporter.ts';

/** Resolves when all tests passed; rejects when one failed, which desktop VS Code turns into its exit code. */
export async function run(): Promise<void> {
  const address = process.env[EVENTS_ADDRESS];
  if (address === undefined)
    throw new Error(`${EVENTS_ADDRESS} is not set: start these tests by \`npm test\`.`);
  let sent = Promise.resolve();
  const send = (event: HostEvent): void => {
    sent = sent.then(() => post(address, event));
  };
  let failures = 0;
  try {
    failures = await runMocha(send);
    send({ kind: 'end' });
  } catch (error) {
    send({ kind: 'broken', error: described(error) });
    failures = 1;
  }
  await sent;
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

async function runMocha(send: (event: HostEvent) => void): Promise<number> {
  // The outer process prints: the extension host's own output goes nowhere that a person sees.
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: Mocha.reporters.Base });
  const only = process.env[ONLY];
  if (only !== undefined) mocha.fgrep(only);
  const names = await readdir(import.meta.dirname);
  for (const name of names.filter((name) => name.endsWith('.test.mjs')).sort()) {
    mocha.addFile(join(import.meta.dirname, name));
  }
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run(resolve);
    reportEvents(runner, send);
  });
}

async function post(address: string, event: HostEvent): Promise<void> {
  const answer = await fetch(address, { method: 'POST', body: JSON.stringify(event) });
  if (!answer.ok) throw new Error(`The test run's address answered ${answer.status}.`);
}
