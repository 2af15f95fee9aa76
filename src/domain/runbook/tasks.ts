/** What the runbook leaves to people after the rollback, in its order and groups. */
export const cleanUpTasks = {
  holdDeployments: {
    group: 'Until it is understood',
    title: 'Hold automatic deployments of the bad version',
  },
  reviewDeploymentLogs: { group: 'Investigate', title: 'Review the deployment logs' },
  checkApplicationLogs: { group: 'Investigate', title: 'Check the application logs' },
  identifyCause: { group: 'Investigate', title: 'Identify what caused the failure' },
  addressCause: { group: 'Fix', title: 'Address the root cause' },
  testFix: { group: 'Fix', title: 'Test the fix in staging' },
  prepareDeployment: { group: 'Fix', title: 'Prepare the new deployment' },
  documentRollback: { group: 'Document', title: 'Document the rollback' },
  noteIssues: { group: 'Document', title: 'Note the issues met' },
  updateProcess: { group: 'Document', title: 'Update the deployment process' },
  sendReport: { group: 'Notify', title: 'Send the incident report' },
  updateStatusPage: { group: 'Notify', title: 'Update the status page' },
  schedulePostMortem: { group: 'Notify', title: 'Schedule a post-mortem' },
} as const;

export type TaskId = keyof typeof cleanUpTasks;
export const taskIds = Object.keys(cleanUpTasks) as readonly TaskId[];

/** How far a task is. `notNeeded` says that somebody decided so; the note says why. */
export interface TaskState {
  readonly state: 'open' | 'inProgress' | 'done' | 'notNeeded';
  /** Who is to do it; empty where nobody was named. */
  readonly owner: string;
  readonly note: string;
}
