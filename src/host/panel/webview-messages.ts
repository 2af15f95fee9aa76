import * as v from 'valibot';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { WebviewMessage } from '../../shared/messages.ts';
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
  sign: true,
  configureEndpoints: true,
  selectLogScope: true,
  beginAnew: true,
  refresh: true,
} as const satisfies Readonly<Record<PanelAction, true>>;

function isAction(value: unknown): value is PanelAction {
  return typeof value === 'string' && Object.hasOwn(actions, value);
}

const mostCredit = 100_000;
const mostCopied = 10 * 1024 * 1024;

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
  }),
  v.object({ type: v.literal('logs.previous'), previous: v.boolean() }),
  v.object({ type: v.literal('logs.copy'), text: v.pipe(v.string(), v.maxLength(mostCopied)) }),
]);

/** A message from the webview if it is one, else undefined: nothing is taken from there on trust. */
export function webviewMessage(data: unknown): WebviewMessage | undefined {
  const parsed = v.safeParse(message, data);
  return parsed.success ? parsed.output : undefined;
}

const target = v.object({ context: v.string(), namespace: v.string(), name: v.string() });

/** The target that a restored panel kept in its state; undefined where there is none. */
export function restoredTarget(state: unknown): RunTarget | undefined {
  if (typeof state !== 'object' || state === null || !('panel' in state) || typeof state.panel !== 'string')
    return undefined;
  try {
    const parsed = v.safeParse(target, JSON.parse(state.panel));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // Not ours: the panel is closed instead of restored.
  }
}
