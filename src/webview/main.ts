import type { HostMessage, WebviewMessage } from '../shared/messages.ts';
import { INTENT } from './light-element.ts';
import { LogsEditor } from './logs-editor.ts';
import { RunbookPanel } from './panel.ts';
import type { StateKeeper } from './view-memory.ts';
import { ViewMemory } from './view-memory.ts';

interface VsCodeApi extends StateKeeper {
  postMessage(message: WebviewMessage): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const MESSAGES: Readonly<Record<HostMessage['type'], true>> = {
  model: true,
  'logs.reset': true,
  'logs.sources': true,
  'logs.lines': true,
  'logs.mark': true,
  'logs.status': true,
  'logs.goTo': true,
  'logs.gather': true,
  areas: true,
  focus: true,
};

/** VS Code's own frame also posts into this window; what the host sends has one of our types. */
function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return typeof data.type === 'string' && Object.hasOwn(MESSAGES, data.type);
}

/** Joins the page to VS Code: its messages go in, the person's intents go out. */
function start(panel: RunbookPanel | LogsEditor): void {
  const vscode = acquireVsCodeApi();
  panel.memory = new ViewMemory(vscode, document.body.dataset['panel']);
  panel.addEventListener(INTENT, (event) => {
    if (event instanceof CustomEvent) vscode.postMessage(event.detail);
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isHostMessage(event.data)) panel.receive(event.data);
  });
}

const page = document.querySelector('kr-panel, kr-logs-editor');
if (!(page instanceof RunbookPanel || page instanceof LogsEditor))
  throw new Error('The page shows nothing of ours');
start(page);
