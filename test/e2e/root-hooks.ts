import type { RootHookObject } from 'mocha';
import { closeSharedBed, openWindows } from './shared-bed.ts';

/** Mocha runs these around all files: what was seen when a test failed is kept, and the bed is ended. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Mocha.Context) {
    if (this.currentTest?.state !== 'failed') return;
    this.timeout(60_000);
    for (const window of await openWindows()) await window.keepEvidence();
  },
  async afterAll() {
    await closeSharedBed();
  },
};
