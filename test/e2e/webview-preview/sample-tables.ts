import type { TableModel } from '../../../src/shared/panel-model.ts';

export const PERMISSIONS: TableModel = {
  columns: ['Permission', 'For', 'Allowed'],
  rows: [
    { cells: ['patch deployments', 'rolling back', 'yes'], tone: 'ok' },
    { cells: ['get pods/log', 'logs, their capture', 'yes'], tone: 'ok' },
    {
      cells: [
        'get pods.metrics.k8s.io',
        'CPU and memory',
        'no: pods.metrics.k8s.io is forbidden for jane in veza-production',
      ],
      tone: 'failed',
    },
    { cells: ['get leases', 'one person at a time', 'not asked'], tone: 'warning' },
  ],
};

/** Many columns, and cells with nothing in them. */
export const CAPTURED: TableModel = {
  columns: ['Pod', 'State', 'Restarts', 'Last end', 'CPU', 'Memory', 'Log lines'],
  rows: [
    {
      cells: [
        'veza-backend-api-6df574b5d7-x2k9q',
        'CrashLoopBackOff',
        '4',
        'exit code 1',
        '12 m',
        '41 Mi',
        '402',
      ],
      tone: 'failed',
    },
    {
      cells: ['veza-backend-api-6df574b5d7-m0p2d', 'Running', '0', '', '', '', '802'],
      tone: 'ok',
    },
  ],
};
