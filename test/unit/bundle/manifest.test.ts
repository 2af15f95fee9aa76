import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/bundle/bundle-extension.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

/** The parts of package.json that are looked at. */
interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean } };
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest: Manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const { capabilities, contributes } = manifest;
const commands = new Map(contributes.commands.map((one) => [one.command, one]));
const views = Object.values(contributes.views).flatMap((inContainer) => inContainer.map(({ id }) => id));
const menuItems = Object.values(contributes.menus).flat();

/** Every `contextValue` that the tree gives its rows. */
const rowKinds = [
  ...['context', 'context.chosen', 'namespace', 'notice', 'action', 'revisions', 'pods', 'pod'],
  ...['workloads', 'workloadPod', 'workload.healthy', 'workload.degraded'],
  ...['healthy', 'progressing', 'degraded', 'paused', 'scaledToZero'].map((state) => `deployment.${state}`),
  ...['current', 'older', 'unreadable'].map((state) => `revision.${state}`),
  ...['active', 'elsewhere', 'past', 'damaged'].map((kind) => `run.${kind}`),
];

describe('package.json', () => {
  it('names in its menus only commands that it contributes', () => {
    for (const { command } of menuItems) assert.ok(commands.has(command), command);
  });

  it('names in conditions and welcomes only views that it contributes', () => {
    const named = menuItems.flatMap(({ when = '' }) =>
      [...when.matchAll(/\bview == (\S+)/g)].map(([, view]) => view),
    );
    assert.ok(named.length > 0);
    for (const view of [...named, ...contributes.viewsWelcome.map(({ view }) => view)])
      assert.ok(view !== undefined && views.includes(view), view);
  });

  it('links in its welcomes only to commands that it contributes', () => {
    for (const { contents } of contributes.viewsWelcome)
      for (const [, command = ''] of contents.matchAll(/\(command:([^)]+)\)/g))
        assert.ok(commands.has(command), command);
  });

  for (const kind of rowKinds)
    it(`gives a row of kind ${kind} at most three inline actions, each with an icon`, () => {
      const inline = inlineOn(kind);
      assert.ok(inline.length <= 3, inline.join(', '));
      for (const command of inline) assert.ok(commands.get(command)?.icon, command);
    });

  it('offers to roll back from a deployment’s row and to an older revision from its row', () => {
    assert.ok(inlineOn('deployment.degraded').includes('kubernetesRollback.rollBackToPrevious'));
    assert.ok(inlineOn('revision.older').includes('kubernetesRollback.rollBackToRevision'));
    assert.ok(!inlineOn('revision.current').includes('kubernetesRollback.rollBackToRevision'));
  });

  it('offers no rollback of what cannot be rolled back yet', () => {
    for (const kind of rowKinds.filter((kind) => kind.startsWith('workload')))
      for (const { command, when } of contributes.menus['view/item/context'] ?? [])
        if (holds(when ?? '', kind)) assert.match(command, /\.(copy|show|describe)/, `${command} on ${kind}`);
  });

  it('hides no command from the palette', () => {
    assert.equal(contributes.menus['commandPalette'], undefined);
  });

  it('says of each setting what it is', () => {
    for (const [name, { description, markdownDescription }] of Object.entries(
      contributes.configuration.properties,
    ))
      assert.ok((markdownDescription ?? description ?? '').length > 20, name);
  });

  it('runs in untrusted workspaces, since none can say which cluster or which addresses are asked', () => {
    assert.equal(capabilities.untrustedWorkspaces.supported, true);
    const { properties } = contributes.configuration;
    for (const name of ['kubeconfig', 'endpoints', 'readOnly', 'readOnlyContexts', 'protectedContexts'])
      assert.equal(properties[`kubernetesRollback.${name}`]?.scope, 'machine', name);
  });
});

/** The commands that VS Code draws on a row with this context value. */
function inlineOn(kind: string): readonly string[] {
  return (contributes.menus['view/item/context'] ?? [])
    .filter(({ group, when }) => group?.startsWith('inline') && holds(when ?? '', kind))
    .map(({ command }) => command);
}

/** The condition's clause on `viewItem`: `== value` or `=~ /pattern/`. */
function holds(when: string, kind: string): boolean {
  const [, pattern] = /viewItem =~ \/(.+)\//.exec(when) ?? [];
  if (pattern !== undefined) return new RegExp(pattern).test(kind);
  const [, value] = /viewItem == (\S+)/.exec(when) ?? [];
  return value === kind;
}
