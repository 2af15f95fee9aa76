import * as vscode from 'vscode';
import { readDeployment, readReplicaSets } from '../../cluster/deployments.ts';
import { containerImages } from '../../domain/rollout/deployment-record.ts';
import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { PodTemplateJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { revisionNumber } from '../../domain/rollout/revision-number.ts';
import { currentReplicaSet } from '../../domain/rollout/undo.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { TemplateSide } from '../documents/template-documents.ts';
import type { Command } from './command.ts';
import { loadedStore } from './loaded-store.ts';
import { pickDeployment } from './pick-deployment.ts';
import { pickRevision, revisionOf } from './pick-revision.ts';
import { replicaSetOf, targetOf } from './target.ts';

/** Shows what rolling back to a revision would change in the pod template. */
export const compareRevision: Command = {
  id: 'compareRevision',
  doing: 'Compare the revision',
  async run({ connections, runbooks, templates }, argument) {
    const target = targetOf(argument) ?? (await pickDeployment(connections, 'Compare Revision with Current'));
    if (target === undefined) return;
    const { api, store } = await connections.connect(target.context);
    await loadedStore(store);
    const { rollback } = (await runbooks.of(target)).run.state;
    const row = replicaSetOf(argument);
    const uid = row ?? rollback?.from.replicaSetUid;
    const revision =
      revisionOf(store, target, uid) ?? (await pickRevision(store, target, 'Compare Revision with Current'));
    if (revision === undefined) return;
    const deployment = await readDeployment(api, target);
    const replicaSets = await readReplicaSets(api, deployment);
    const other = replicaSets.find(({ metadata }) => revisionNumber(metadata?.annotations) === revision);
    if (other === undefined) {
      void vscode.window.showWarningMessage(
        `unable to find the specified revision: ${revision} of ${target.name} is gone.`,
      );
      return;
    }
    const live = side(
      target,
      currentReplicaSet(deployment, replicaSets) ?? other,
      deployment.spec?.template ?? {},
    );
    const chosen = side(target, other, other.spec?.template ?? {});
    // After a rollback the question is what it changed: from the revision before to the live one.
    const afterRollback = row === undefined && rollback !== undefined;
    await templates.compare(afterRollback ? chosen : live, afterRollback ? live : chosen);
  },
};

function side(deployment: RunTarget, replicaSet: ReplicaSetJson, template: PodTemplateJson): TemplateSide {
  return {
    deployment,
    template,
    revision: revisionNumber(replicaSet.metadata?.annotations) ?? 0,
    version: imageTags(containerImages(template.spec?.containers)),
  };
}
