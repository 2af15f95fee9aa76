import * as v from 'valibot';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { WebviewMessage } from '../../shared/messages.ts';
import type { ShownScope } from '../../views/log-scope-words.ts';
import type { LogsPlace } from './logs-place.ts';
import type { PanelAction } from '../../shared/panel-model.ts';

/** Every action once: a new one that is missing here does not compile. */
const actions = {
  rollBackToPrevious: true,
  rollBackToRevision: true,
  verify: true,
  retryStep: true,
  skipStep: true,
  stopWatching: true,
  showDiff: true,
  copyCommand: true,
  copyOutput: true,
  sign: true,
  overrideItem: true,
  withdrawOverride: true,
  signOff: true,
  updateTask: true,
  exportReport: true,
  configureEndpoints: true,
  configureSmokeTests: true,
  openDashboard: true,
  showPermissions: true,
  describeDeployment: true,
  describePod: true,
  showEvents: true,
  showTopPods: true,
  showYaml: true,
  showLogs: true,
  openLogs: true,
  openLogsAtTime: true,
  selectLogScope: true,
  beginAnew: true,
  refresh: true,
} as const satisfies Readonly<Record<PanelAction, true>>;

function isAction(value: unknown): value is PanelAction {
  return typeof value === 'string' && Object.hasOwn(actions, value);
}

const mostCredit = 100_000;
const mostCopied = 10 * 1024 * 1024;
/** The second area is there in the Logs editor alone. */
const area = v.exactOptional(v.picklist([0, 1]));
const lineCount = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(mostCopied));

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({
    type: v.literal('act'),
    action: v.custom<PanelAction>(isAction),
    target: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  }),
  v.object({
    type: v.literal('logs.credit'),
    lines: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostCredit)),
    area,
  }),
  v.object({ type: v.literal('logs.previous'), previous: v.boolean(), area }),
  v.object({ type: v.literal('logs.copy'), text, area }),
  v.object({ type: v.literal('logs.selectScope'), area }),
  v.object({ type: v.literal('logs.openFullSize'), area }),
  v.object({ type: v.literal('logs.split'), split: v.boolean(), area }),
  v.object({ type: v.literal('logs.save'), shown: lineCount, all: lineCount, area }),
  v.object({ type: v.literal('logs.text'), text, last: v.boolean(), area }),
]);

/** A message from the webview if it is one, else undefined: nothing is taken from there on trust. */
export function webviewMessage(data: unknown): WebviewMessage | undefined {
  const parsed = v.safeParse(message, data);
  return parsed.success ? parsed.output : undefined;
}

const target = v.object({ context: v.string(), namespace: v.string(), name: v.string() });

/** The target that a restored panel kept in its state; undefined where there is none. */
export function restoredTarget(state: unknown): RunTarget | undefined {
  return restored(target, state);
}

function restored<Schema extends v.GenericSchema>(
  schema: Schema,
  state: unknown,
): v.InferOutput<Schema> | undefined {
  if (typeof state !== 'object' || state === null || !('panel' in state) || typeof state.panel !== 'string')
    return undefined;
  try {
    const parsed = v.safeParse(schema, JSON.parse(state.panel));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // Not ours: the editor is closed instead of restored.
  }
}

const scope = v.variant('kind', [
  v.object({ kind: v.literal('deployment') }),
  v.object({ kind: v.literal('revision'), replicaSetUid: v.string() }),
  v.object({ kind: v.literal('pod'), podUid: v.string(), container: v.exactOptional(v.string()) }),
]);
const shown = v.object({ scope, words: v.string() });
const logsPlace = v.object({
  target,
  areas: v.pipe(v.array(shown), v.minLength(1), v.maxLength(2)),
});

/** The logs that a command's argument asks for (`shown`); undefined where it does not. */
export function shownScope(argument: unknown): ShownScope | undefined {
  const parsed = v.safeParse(v.object({ shown }), argument);
  return parsed.success ? parsed.output.shown : undefined;
}

/** What a restored Logs editor showed; undefined where its state does not say. */
export function restoredLogs(state: unknown): LogsPlace | undefined {
  return restored(logsPlace, state);
}
