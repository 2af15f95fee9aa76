import type { Tally } from '../reporting/tally.ts';
import type { HostEvent } from './host-event.ts';

/** Prints events as mocha's spec reporter would, and counts them. */
export class EventPrinter {
  readonly #print: (line: string) => void;
  readonly #failures: { readonly title: string; readonly error: string }[] = [];
  #passed = 0;
  #skipped = 0;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get tally(): Tally {
    return { passed: this.#passed, failed: this.#failures.map(({ title }) => title), skipped: this.#skipped };
  }

  take(event: HostEvent): void {
    if (event.kind === 'end') return this.#printFailures();
    if (event.kind === 'broken') {
      this.#failures.push({ title: 'The tests could not be run', error: event.error });
      return this.#printFailures();
    }
    const indent = '  '.repeat(event.depth + 1);
    switch (event.kind) {
      case 'suite':
        return this.#print(`${indent}${event.title}`);
      case 'passed':
        this.#passed += 1;
        return this.#print(`${indent}✔ ${event.title} (${event.milliseconds}ms)`);
      case 'skipped':
        this.#skipped += 1;
        return this.#print(`${indent}- ${event.title}`);
      case 'failed':
        this.#failures.push(event);
        return this.#print(`${indent}${this.#failures.length}) ${event.title}`);
    }
  }

  #printFailures(): void {
    for (const [index, { title, error }] of this.#failures.entries()) {
      this.#print(`\n  ${index + 1}) ${title}:\n${error.replaceAll(/^/gm, '     ')}`);
    }
  }
}
