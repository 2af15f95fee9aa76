import * as vscode from 'vscode';
import type { Connections } from '../../cluster/connections.ts';
import { byNumber } from '../../domain/rollout/order.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LiveDocuments } from './live-documents.ts';
import { type ReadTemplate, readTemplates, type TemplateName, templateWords } from './template-reading.ts';
import { comparedSource } from './template-source.ts';

/**
 * Opens two pod templates of a deployment in VS Code's diff editor, the older at the left, the live one at the right.
 * Throws where one is gone.
 */
export async function compareTemplates(
  { connections, documents }: { readonly connections: Connections; readonly documents: LiveDocuments },
  clock: Clock,
  target: RunTarget,
  names: readonly [TemplateName, TemplateName],
): Promise<void> {
  const { api } = await connections.connect(target.context);
  const read = await readTemplates(api, target, names);
  const sides = names.map((name, index) => {
    const found = read[index];
    if (found === undefined) throw new Error(`A revision of ${target.name} that was to be compared is gone.`);
    return { name, read: found };
  });
  const [left, right] = sides.toSorted((a, b) => byNumber(rank(a), rank(b)));
  if (left === undefined || right === undefined) return;
  const uri = (side: typeof left, other: typeof left) =>
    documents.add(
      {
        context: target.context,
        namespace: target.namespace,
        file: `${target.name}.revision-${side.read.revision ?? 'x'}.yaml`,
        key: `${key(side.name)}-with-${key(other.name)}`,
      },
      comparedSource(connections, clock, target, side.name, other.name),
    );
  const title = `${target.name}: ${templateWords(left.read)} ↔ ${templateWords(right.read)}`;
  await vscode.commands.executeCommand('vscode.diff', uri(left, right), uri(right, left), title, {
    preview: true,
  });
}

function rank({ name, read }: { readonly name: TemplateName; readonly read: ReadTemplate }): number {
  return name.kind === 'live' || read.live ? Infinity : (read.revision ?? 0);
}

function key(name: TemplateName): string {
  return name.kind === 'live' ? 'live' : name.uid;
}
