import type { Connections } from '../../cluster/connections.ts';
import type { LiveDocuments } from '../documents/live-documents.ts';
import type { RunFolder } from '../../runs/run-folder.ts';
import type { RecordedPanels } from '../runs-view/recorded-panels.ts';
import type { RunsList } from '../runs-view/runs-list.ts';
import type { TemplateDocuments } from '../documents/template-documents.ts';
import type { LogsEditors } from '../panel/logs-editors.ts';
import type { RunbookPanels } from '../panel/runbook-panels.ts';
import type { RevisionMemories } from '../revision-memories.ts';
import type { Runbooks } from '../runbooks.ts';
import type { Choices } from '../tree/choices.ts';
import type { DeploymentsTree } from '../tree/deployments-tree.ts';

/** What commands work with. */
export interface Surroundings {
  readonly connections: Connections;
  readonly memories: RevisionMemories;
  readonly runbooks: Runbooks;
  readonly panels: RunbookPanels;
  readonly runs: RunsList;
  readonly runFolder: RunFolder;
  readonly recorded: RecordedPanels;
  readonly logs: LogsEditors;
  readonly templates: TemplateDocuments;
  readonly documents: LiveDocuments;
  readonly choices: Choices;
  readonly tree: DeploymentsTree;
  /** Forgets all that was read, and reads it again. */
  reset(): void;
}

/** One command: its id, what it does in words for an error message, and the doing. */
export interface Command {
  /** Without the prefix `kubernetesRollback.`. */
  readonly id: string;
  readonly doing: string;
  /**
   * `argument` is a row of the tree, a target, or undefined from the palette; `further` what a row or the panel adds.
   * Throws what went wrong.
   */
  run(surroundings: Surroundings, argument: unknown, further: unknown): Promise<void>;
}
