import * as v from 'valibot';
import { fitsPattern } from '../domain/name-pattern.ts';
import { namesContext } from '../domain/runbook/context-pattern.ts';
import type { RunTarget } from '../domain/runbook/events.ts';
import type { SmokeTest } from '../domain/runbook/smoke-test.ts';
import type { Endpoints } from '../runs/endpoints.ts';

const endpoint = v.object({
  deployment: v.string(),
  context: v.optional(v.string()),
  health: v.optional(v.string()),
  critical: v.optional(v.array(v.string())),
});

/**
 * The addresses of a deployment: those of its context, else those for every context. People write settings by hand: an
 * entry that is not of the form is passed over, as VS Code's settings editor marks it already.
 */
export function endpointsOf(setting: unknown, { context, namespace, name }: RunTarget): Endpoints {
  const found = entryOf(endpoint, setting, { context, namespace, name });
  return { health: found?.health, critical: found?.critical ?? [] };
}

/** The entry of a list that is for this deployment: that of its context, else the one for every context. */
function entryOf<Entry extends { readonly deployment: string; readonly context?: string | undefined }>(
  schema: v.GenericSchema<unknown, Entry>,
  setting: unknown,
  { context, namespace, name }: RunTarget,
): Entry | undefined {
  const entries: readonly unknown[] = Array.isArray(setting) ? setting : [];
  const own = entries
    .flatMap((entry) => {
      const parsed = v.safeParse(schema, entry);
      return parsed.success ? [parsed.output] : [];
    })
    .filter(({ deployment }) => deployment === `${namespace}/${name}`);
  return own.find((one) => one.context === context) ?? own.find((one) => one.context === undefined);
}

const smokeEntry = v.object({
  deployment: v.string(),
  context: v.optional(v.string()),
  task: v.optional(v.string()),
  command: v.optional(v.string()),
  timeoutSeconds: v.optional(v.number()),
});

const smokeSeconds = { least: 1, usual: 600, most: 7200 };

/** The smoke test of a deployment, found as `endpointsOf` finds addresses; a task goes before a command. */
export function smokeTestOf(setting: unknown, target: RunTarget): SmokeTest | undefined {
  const found = entryOf(smokeEntry, setting, target);
  if (found === undefined) return undefined;
  const { least, usual, most } = smokeSeconds;
  const seconds = Number.isFinite(found.timeoutSeconds) ? (found.timeoutSeconds ?? usual) : usual;
  const timeoutMs = Math.min(Math.max(seconds, least), most) * 1000;
  const [task = '', command = ''] = [found.task?.trim(), found.command?.trim()];
  if (task !== '') return { kind: 'task', task, timeoutMs };
  return command === '' ? undefined : { kind: 'command', command, timeoutMs };
}

const dashboardEntry = v.object({
  deployment: v.string(),
  context: v.optional(v.string()),
  url: v.string(),
});

/** The address of a deployment's dashboard with its placeholders, found as `endpointsOf` finds addresses. */
export function dashboardOf(setting: unknown, target: RunTarget): string | undefined {
  return entryOf(dashboardEntry, setting, target)?.url;
}

const watchMinutes = { least: 1, usual: 10, most: 240 };

/** How long is watched after a rollback, in ms: what package.json allows, its default where the setting is not a number. */
export function watchTimeMs(setting: unknown): number {
  const { least, usual, most } = watchMinutes;
  const minutes = typeof setting === 'number' && Number.isFinite(setting) ? setting : usual;
  return Math.min(Math.max(minutes, least), most) * 60_000;
}

/**
 * The namespaces that the setting names for a context, by each pattern that its name fits. What is not of the form is passed
 * over, as VS Code's settings editor marks it already.
 */
export function namespacesFor(setting: unknown, context: string): readonly string[] {
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), setting);
  if (!parsed.success) return [];
  const names = Object.entries(parsed.output)
    .filter(([pattern]) => fitsPattern(context, pattern))
    .flatMap(([, listed]): unknown[] => (Array.isArray(listed) ? listed : []))
    .filter((name) => typeof name === 'string')
    .filter((name) => namespaceName.test(name));
  return [...new Set(names)];
}

/** A DNS label (RFC 1123), which a namespace's name is. */
const namespaceName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether nothing may be written: for all contexts, or for those of the patterns. Anything but a plain no is a yes. */
export function isReadOnly(everywhere: unknown, patterns: unknown, context: string): boolean {
  return (everywhere !== undefined && everywhere !== false) || namesContext(patterns, context);
}

const defaultSeconds = 300;
const mostSeconds = 7200;

/** How long pods may take to become ready, in ms: what package.json allows, its default where the setting is not a number. */
export function readyTimeoutMs(setting: unknown): number {
  const seconds = typeof setting === 'number' && Number.isFinite(setting) ? setting : defaultSeconds;
  return Math.min(Math.max(seconds, 1), mostSeconds) * 1000;
}

const defaultKeepDays = 90;

/** How many days runs that are over are kept, 0 for all of them; the default where the setting is no such number. */
export function keepDays(setting: unknown): number {
  return typeof setting === 'number' && setting >= 0 ? setting : defaultKeepDays;
}
