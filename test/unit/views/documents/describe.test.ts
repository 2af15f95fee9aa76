import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeDeployment } from '../../../../src/views/documents/describe-deployment.ts';
import { describePod } from '../../../../src/views/documents/describe-pod.ts';
import { backOff, crashing, deployment, now, replicaSets, running, stray } from './described-objects.ts';

/** A whole description, to be read as it is shown. */
const golden = (of: string): string =>
  readFileSync(join(import.meta.dirname, 'described', `${of}.txt`), 'utf8');

const seen = { kind: 'live' } as const;

describe('the description of a deployment', () => {
  const { text } = describeDeployment({
    context: 'prod',
    deployment,
    replicaSets,
    pods: [crashing, running, stray],
    events: [backOff],
    seen,
    now,
  });

  it('tells how it does and why, its revisions, pods, template and events', () => {
    assert.equal(text, golden('deployment'));
  });

  it('gives away no secret', () => {
    assert.doesNotMatch(text, /hunter2/);
  });

  it('leaves out pods that are not its own', () => {
    assert.doesNotMatch(text, /web-debug/);
  });
});

describe('the description of a pod', () => {
  const { text } = describePod({ context: 'prod', pod: crashing, events: [backOff], seen, now });

  it('tells how it does and why, its containers as they run, and its events', () => {
    assert.equal(text, golden('pod'));
  });

  it('gives away no secret', () => {
    assert.doesNotMatch(text, /hunter2/);
  });
});
