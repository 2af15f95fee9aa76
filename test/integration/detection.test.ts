import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../testbed/eventually.ts';
import { anyContext, closeTabs, demoNamespace, rowAt, rowsAt, rowsBelow, type Row } from './extension.ts';

describe('manual detection', () => {
  let deployment: Row;
  let pod: Row;
  let revision: Row;
  before(async () => {
    deployment = await rowAt(anyContext, demoNamespace, 'veza-frontend');
    const [firstPod] = await rowsAt(3, anyContext, demoNamespace, 'veza-frontend', 'Pods');
    const revisions = await rowsAt(2, anyContext, demoNamespace, 'veza-frontend', 'Revisions');
    const older = revisions.find(({ item }) => item.contextValue === 'revision.older');
    assert.ok(firstPod && older);
    [pod, revision] = [firstPod, older];
  });
  afterEach(closeTabs);

  it('shows the events of a namespace, of a deployment with its ReplicaSets and pods, and of a pod', async () => {
    const namespace = await rowAt(anyContext, demoNamespace);
    const all = await shown('showEvents', namespace.node, /● Live/);
    for (const object of ['deploy/veza-frontend', 'pod/veza-backend-api-'])
      assert.ok(all.includes(object), object);
    const some = await shown('showEvents', deployment.node, /● Live/);
    for (const object of ['deploy/veza-frontend', 'rs/veza-frontend-', 'pod/veza-frontend-'])
      assert.ok(some.includes(object), object);
    assert.doesNotMatch(some, /veza-backend-api/);
    const one = await shown('showEvents', pod.node, /● Live/);
    assert.match(one, /Scheduled +pod\/veza-frontend-/);
    assert.doesNotMatch(one, /deploy\//);
  });

  it('shows the YAML of a deployment, of a pod and of a revision’s ReplicaSet, and the whole object', async () => {
    const yaml = await shown('showYaml', deployment.node, /^kind: Deployment$/m);
    assert.doesNotMatch(yaml, /managedFields:|last-applied-configuration:|resourceVersion:/);
    const whole = await shown('showWholeObject', undefined, /^kind: Deployment$/m);
    assert.match(whole, /managedFields:/);
    assert.match(whole, /last-applied-configuration:/);
    assert.match(await shown('showYaml', pod.node, /^kind: Pod$/m), /nodeName:/);
    await shown('showYaml', revision.node, /^kind: ReplicaSet$/m);
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'yaml');
  });

  it('describes a deployment and a pod with their events', async () => {
    const text = await shown('describeObject', deployment.node, /^ +● Live/m);
    assert.match(text, /^Health +Healthy$/m);
    assert.match(text, /^ +2 current +v5\.11\.0 +3\/3 ready/m);
    assert.match(text, /^ +Environment +all of ConfigMap veza-frontend-config$/m);
    const ofPod = await shown('describeObject', pod.node, /^ +● Live/m);
    assert.match(ofPod, /^Controlled by +ReplicaSet veza-frontend-/m);
    assert.match(ofPod, /^ +State +Running since /m);
  });

  it('shows usage against requests also where a cluster measures none, and says so', async () => {
    const text = await shown('showTopPods', deployment.node, /^veza-frontend-\S+ +web /m);
    assert.match(text, /^✗ This cluster has no metrics API/m);
  });

  it('shows a revision’s template as YAML, with its number and change cause', async () => {
    const text = await shown('showRevision', revision.node, /^spec:$/m);
    assert.match(text, /^# Pod template of veza-frontend, revision 1 · v5\.10\.2\n/);
    assert.match(text, /^# Change cause: Release v5\.10\.2: dark player$/m);
    assert.doesNotMatch(text, /pod-template-hash/);
  });

  it('says in the document what is wrong where the object is gone', async () => {
    const gone = { context: await context(), namespace: demoNamespace, name: 'nothing', kind: 'Pod' };
    assert.match(await shown('showYaml', gone, /✗/), /^# ✗ .*pods "nothing" not found/m);
  });

  async function context(): Promise<string> {
    const [row] = await rowsBelow();
    assert.ok(row);
    return row.label;
  }

  /** Runs a command and gives the text of the editor that it opens, once that holds the words. */
  async function shown(command: string, argument: unknown, words: RegExp): Promise<string> {
    const before = vscode.window.activeTextEditor?.document;
    await vscode.commands.executeCommand(`kubernetesRollback.${command}`, argument);
    return eventually(
      `${command} to show ${words}`,
      async () => {
        const document = vscode.window.activeTextEditor?.document;
        const text = document === before ? undefined : document?.getText();
        return text !== undefined && words.test(text) ? text : undefined;
      },
      { limit: 15_000 },
    );
  }
});
