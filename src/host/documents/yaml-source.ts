import type { Connections } from '../../cluster/connections.ts';
import { followObject, readObject } from '../../cluster/reads/objects.ts';
import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import type { Clock } from '../../ports/clock.ts';
import { textPage } from '../../views/documents/page.ts';
import { essential, leftOut, withMarks } from '../../views/documents/shown-object.ts';
import { localTime } from '../../views/local-time.ts';
import type { LiveSource } from './live-source.ts';
import { readAgain } from './read-again.ts';
import { secretMark, secretNote } from './secret-mark.ts';

const readEveryMs = 1000;

/** One object as YAML, read afresh whenever it changes. `whole`: with all that servers write into it for themselves. */
export function yamlSource(
  connections: Connections,
  clock: Clock,
  object: ObjectReference,
  whole: boolean,
): LiveSource {
  const { context, namespace, kind, name } = object;
  const title = `${kind} ${name} · ${namespace} in ${context}`;
  return {
    title,
    noticePrefix: '# ',
    object,
    async follow(show, signal) {
      const { api } = await connections.connect(context);
      const { stringify } = await import('../../cluster/kubeconfig/yaml-library.ts');
      let shown: { readonly yaml: string; readonly at: number } | undefined;
      let goneAt: number | undefined;
      let blind: string | undefined;
      const time = (at: number) => localTime(new Date(at).toISOString(), clock.now());
      const state = () => {
        if (goneAt !== undefined) return `gone since ${time(goneAt)} or before: this is what it was`;
        return blind === undefined
          ? 'it follows the cluster while it is shown'
          : `changes are not seen: ${blind}`;
      };
      const draw = () => {
        if (shown === undefined || signal.aborted) return;
        const { yaml, at } = shown;
        const notes = [
          `${title}${whole ? ' · whole' : ''}`,
          `Read at ${time(at)}; ${state()}.`,
          ...(whole ? [] : [`Without ${leftOut}:`, '"Rollback: Show Whole Object" has them.']),
          ...secretNote(yaml),
        ];
        show(textPage(`${notes.map((note) => `# ${note}\n`).join('')}${yaml}`));
      };
      const read = async () => {
        if (goneAt !== undefined) return;
        const json = await readObject<Record<string, unknown>>(api, object, signal);
        const yaml = stringify(withMarks(whole ? json : essential(json), secretMark), {
          sortMapEntries: true,
        });
        shown = { yaml, at: clock.now() };
        draw();
      };
      const subscribe = (changed: () => void) => {
        const listener = {
          changed: () => {
            goneAt = undefined;
            changed();
          },
          gone: () => {
            goneAt ??= clock.now();
            draw();
          },
          live: () => {
            if (blind !== undefined) changed();
            blind = undefined;
          },
          blind: ({ message }: Error) => {
            blind = message;
            draw();
          },
        };
        void followObject(api, clock, object, listener, signal);
      };
      await readAgain(clock, readEveryMs, read, subscribe, signal);
    },
  };
}
