import * as vscode from 'vscode';
import type { Command } from './command.ts';
import { objectOf } from './object-of.ts';
import { pickObject } from './pick-object.ts';
import { showObject } from './show-yaml.ts';

/** Shows an object, that of the YAML in front or another, with all that servers write into it. */
export const showWholeObject: Command = {
  id: 'showWholeObject',
  doing: 'Show the whole object',
  async run(surroundings, argument) {
    const { connections, documents } = surroundings;
    const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    const object =
      (await objectOf(connections, argument)) ??
      (uri === undefined ? undefined : documents.objectOf(uri)) ??
      (await pickObject(connections, 'Show Whole Object', ['Deployment', 'Pod', 'ReplicaSet']));
    if (object !== undefined) await showObject(surroundings, object, true);
  },
};
