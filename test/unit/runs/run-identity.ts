import type { RunIdentity } from '../../../src/domain/runbook/events.ts';

/** The run that tests begin. */
export const identity: RunIdentity = { id: '20260101T000000Z-api-0001', by: 'jane' };
