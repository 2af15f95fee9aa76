import assert from 'node:assert/strict';

import { nodeTrouble } from '../../../../src/domain/rollout/node-pressure.ts';

const ready = { type: 'Ready', status: 'True' };
const allocatable = { cpu: '2', memory: '4Gi' };

describe('the trouble of a node', () => {
  it('is none where it is ready and has room', () => {
    const usage = { usage: { cpu: '1200m', memory: '2Gi' } };
    assert.equal(nodeTrouble({ status: { conditions: [ready], allocatable } }, usage), '');
    assert.equal(nodeTrouble({ status: { conditions: [ready] } }, undefined), '');
  });

  it('is named by its conditions, its cordon and what is used of it', () => {
    const conditions = [
      { type: 'MemoryPressure', status: 'True' },
      { type: 'DiskPressure', status: 'False' },
      { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' },
    ];
    const node = { spec: { unschedulable: true }, status: { conditions, allocatable } };
    assert.equal(
      nodeTrouble(node, { usage: { cpu: '1950m', memory: '3Gi' } }),
      'not ready (NodeStatusUnknown), MemoryPressure, cordoned: it takes no new pods, CPU 98 % used',
    );
  });
});
