import type { Connections } from '../../cluster/connections.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';
import type { Clock } from '../../ports/clock.ts';
import { textPage } from '../../views/documents/page.ts';
import { shownTemplate, withoutSharedDefaults } from '../../views/documents/shown-template.ts';
import { localTime } from '../../views/local-time.ts';
import type { LiveSource } from './live-source.ts';
import { readAgain } from './read-again.ts';
import { every } from './redraw.ts';
import { secretMark, secretNote } from './secret-mark.ts';
import { type ReadTemplate, readTemplates, type TemplateName, templatesVersion } from './template-reading.ts';

const readEveryMs = 1000;
/** A ReplicaSet whose deletion the store cannot see is missed at last. */
const readAgainAfterMs = 30_000;

/**
 * A revision's pod template as YAML. It stays the same revision's whatever number that gets, and stays to be read when the
 * revision is gone. `openedAs` is the number that it had.
 */
export function revisionSource(
  connections: Connections,
  clock: Clock,
  target: RunTarget,
  uid: string,
  openedAs: number | undefined,
): LiveSource {
  const about = (read: ReadTemplate): readonly string[] => {
    const number =
      read.revision === openedAs ? `${openedAs ?? '?'}` : `${openedAs ?? '?'} (now ${read.revision ?? '?'})`;
    return [
      `Pod template of ${target.name}, revision ${number} · ${read.version}${read.live ? ' · live' : ''}`,
      `${target.namespace} in ${target.context} · ReplicaSet ${read.replicaSet ?? '?'}`,
      `Change cause: ${read.changeCause ?? '<none>'}`,
    ];
  };
  return templateSource(connections, clock, target, { kind: 'revision', uid }, undefined, about);
}

/** One side of a comparison: without the defaults that the other side has too, and without words of its own. */
export function comparedSource(
  connections: Connections,
  clock: Clock,
  target: RunTarget,
  name: TemplateName,
  other: TemplateName,
): LiveSource {
  return templateSource(connections, clock, target, name, other, () => []);
}

function templateSource(
  connections: Connections,
  clock: Clock,
  target: RunTarget,
  name: TemplateName,
  other: TemplateName | undefined,
  about: (read: ReadTemplate) => readonly string[],
): LiveSource {
  let last: { readonly yaml: string; readonly words: readonly string[]; readonly at: number } | undefined;
  return {
    title: `Pod template of ${target.name}`,
    noticePrefix: '# ',
    async follow(show, signal) {
      const { api, store } = await connections.connect(target.context);
      const { stringify } = await import('../../cluster/kubeconfig/yaml-library.ts');
      const read = async () => {
        const [one, two] = await readTemplates(
          api,
          target,
          other === undefined ? [name] : [name, other],
          signal,
        );
        if (one === undefined) {
          if (last === undefined) throw new Error(`This revision of ${target.name} is gone.`);
          const at = localTime(new Date(last.at).toISOString(), clock.now());
          show(page([`Gone from the cluster. This is what it was at ${at}.`, ...last.words], last.yaml));
          return;
        }
        const shown = shownTemplate(one.template, secretMark);
        const [own] =
          two === undefined ? [shown] : withoutSharedDefaults(shown, shownTemplate(two.template, secretMark));
        const yaml = stringify(own, { sortMapEntries: true });
        const words = about(one);
        last = { yaml, words: words.length === 0 ? [] : [...words, ...secretNote(yaml)], at: clock.now() };
        show(page(last.words, yaml));
      };
      const subscribe = (changed: () => void) => {
        let version = templatesVersion(store, target);
        const changes = store.onDidChange(() => {
          const now = templatesVersion(store, target);
          if (now !== version) changed();
          version = now;
        });
        signal.addEventListener('abort', () => changes.dispose());
        every(clock, readAgainAfterMs, changed, signal);
      };
      await readAgain(clock, readEveryMs, read, subscribe, signal);
    },
  };
}

function page(words: readonly string[], yaml: string) {
  return textPage(`${words.map((line) => `# ${line}\n`).join('')}${yaml}`);
}
