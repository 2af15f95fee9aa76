import { beginNewRun } from './begin-new-run.ts';
import { chooseKubeconfig } from './choose-kubeconfig.ts';
import { chooseNamespaces } from './choose-namespaces.ts';
import { clearFilter } from './clear-filter.ts';
import type { Command } from './command.ts';
import { compareRevision } from './compare-revision.ts';
import { compareRevisions } from './compare-revisions.ts';
import { closeRun } from './close-run.ts';
import { configureEndpoints } from './configure-endpoints.ts';
import { configureSmokeTests } from './configure-smoke-tests.ts';
import { copyImage } from './copy-image.ts';
import { copyName } from './copy-name.ts';
import { copyPermissionCheck } from './copy-permission-check.ts';
import { copyQualifiedName } from './copy-qualified-name.ts';
import { copyRollbackCommand } from './copy-rollback-command.ts';
import { deleteRun } from './delete-run.ts';
import { describeObject } from './describe-object.ts';
import { exportReport } from './export-report.ts';
import { exportRun } from './export-run.ts';
import { filterDeployments } from './filter-deployments.ts';
import { openDashboard } from './open-dashboard.ts';
import { openRun } from './open-run.ts';
import { openLogs } from './open-logs.ts';
import { openLogsAtTime } from './open-logs-at-time.ts';
import { openRunbook } from './open-runbook.ts';
import { overrideChecklistItem } from './override-checklist-item.ts';
import { pauseDeployment } from './pause-deployment.ts';
import { refresh } from './refresh.ts';
import { restartDeployment } from './restart-deployment.ts';
import { resumeDeployment } from './resume-deployment.ts';
import { retryStep } from './retry-step.ts';
import { rollBackToPrevious } from './roll-back-to-previous.ts';
import { rollBackToRevision } from './roll-back-to-revision.ts';
import { scaleDeployment } from './scale-deployment.ts';
import { showEvents } from './show-events.ts';
import { showPermissions } from './show-permissions.ts';
import { showProblem } from './show-problem.ts';
import { showRevision } from './show-revision.ts';
import { showTopPods } from './show-top-pods.ts';
import { showWholeObject } from './show-whole-object.ts';
import { showYaml } from './show-yaml.ts';
import { showAllNamespaces } from './show-all-namespaces.ts';
import { signChecklistItem } from './sign-checklist-item.ts';
import { signOffRun } from './sign-off-run.ts';
import { skipStep } from './skip-step.ts';
import { sortDeployments } from './sort-deployments.ts';
import { stopWatching } from './stop-watching.ts';
import { switchContext } from './switch-context.ts';
import { takeOverRun } from './take-over-run.ts';
import { tailLogs } from './tail-logs.ts';
import { toggleFailingOnly } from './toggle-failing-only.ts';
import { updateTask } from './update-task.ts';
import { verifyDeployment } from './verify-deployment.ts';
import { watchRollout } from './watch-rollout.ts';
import { withdrawOverride } from './withdraw-override.ts';

/** Every command, as package.json names them; a test compares the two. */
export const commands: readonly Command[] = [
  rollBackToPrevious,
  rollBackToRevision,
  verifyDeployment,
  tailLogs,
  openLogs,
  openLogsAtTime,
  pauseDeployment,
  resumeDeployment,
  restartDeployment,
  scaleDeployment,
  openRunbook,
  compareRevision,
  compareRevisions,
  showRevision,
  showEvents,
  showTopPods,
  describeObject,
  showYaml,
  showWholeObject,
  copyRollbackCommand,
  watchRollout,
  stopWatching,
  signChecklistItem,
  overrideChecklistItem,
  withdrawOverride,
  signOffRun,
  updateTask,
  retryStep,
  skipStep,
  beginNewRun,
  openRun,
  closeRun,
  exportRun,
  exportReport,
  takeOverRun,
  deleteRun,
  configureEndpoints,
  configureSmokeTests,
  openDashboard,
  chooseKubeconfig,
  switchContext,
  chooseNamespaces,
  showAllNamespaces,
  filterDeployments,
  toggleFailingOnly,
  clearFilter,
  sortDeployments,
  copyName,
  copyQualifiedName,
  copyImage,
  copyPermissionCheck,
  showPermissions,
  showProblem,
  refresh,
];
