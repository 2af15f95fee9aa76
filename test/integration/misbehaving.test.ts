import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../testbed/eventually.ts';
import { reset, status, webPage } from '../testbed/misbehaving/faults.ts';
import type { MisbehavingServer } from '../testbed/misbehaving/server.ts';
import { startShop } from '../unit/bad-input/shop.ts';
import { rowAt, type Row, rowsBelow, rowsOf, setKubeconfig, settings } from './extension.ts';
import { kubeconfigFile, removeKubeconfigFiles } from './kubeconfig-file.ts';

describe('a cluster that misbehaves', () => {
  const good = settings().get<string>('kubeconfig');
  let shop: MisbehavingServer;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(async () => {
    await setKubeconfig(good);
    await shop.close();
  });
  after(removeKubeconfigFiles);

  const open = async () =>
    setKubeconfig(await kubeconfigFile(shop.url, { 'insecure-skip-tls-verify': true }));
  const deployment = () => rowAt('elsewhere', 'shop', 'api');

  /** The words of the warning below the context, once they are as expected. */
  async function warning(label: string, description: string): Promise<void> {
    let seen: readonly string[] = [];
    await eventually(
      `the row “${label} ${description}”`,
      async () => {
        seen = (await rowsOf('elsewhere')).map(words);
        return seen.includes(`${label} ${description}`);
      },
      { limit: 15_000 },
    ).catch((error: unknown) => assert.fail(`${String(error)}, there were: ${seen.join('\n')}`));
  }

  it('by pages of something in between is told of so, and its rows come by themselves when that is over', async () => {
    const mend = shop.fault({}, webPage(200, 'Sign in to Guest Wi-Fi'));
    await open();
    await warning(
      'The cluster answers with a web page instead of Kubernetes objects, as login pages and proxies do: “Sign in to Guest Wi-Fi”.',
      'Log in to the network or VPN; else check the server address in the kubeconfig, and the proxy.',
    );
    mend();
    await deployment();
  });

  it('by cut connections is told of so, and its rows come by themselves when that is over', async () => {
    const mend = shop.fault({}, reset);
    await open();
    await warning(
      'The cluster ended the connection without an answer (ECONNRESET).',
      'Retry; if it stays, look at what is between here and the cluster: VPN, proxy, load balancer.',
    );
    mend();
    await deployment();
  });

  it('by failing after a while keeps what was seen, says since when, and is right again by itself', async () => {
    await open();
    await deployment();
    const mend = shop.fault({}, status(503, 'the server is shutting down', { 'retry-after': '1' }));
    shop.cut();
    await warning(
      'The cluster is not available now, it may be starting or overloaded: the server is shutting down (503).',
      'Retry in some seconds; if it stays, the API server needs help.',
    );
    assert.match(String((await rowAt('elsewhere')).item.description), /stale since /);
    await deployment();
    mend();
    await eventually('no warning', async () => {
      const [context] = await rowsBelow();
      const rows: readonly Row[] = context === undefined ? [] : await rowsBelow(context.node);
      return rows.length > 0 && rows.every(({ item }) => !isWarning(item));
    });
  });

  it('by refusing to be read names the verb and the resource, and is shown when it may be seen', async () => {
    const refusal =
      'deployments.apps is forbidden: User "jane" cannot watch resource "deployments" in API group "apps"';
    const mends = [
      shop.fault({}, status(403, `${refusal} at the cluster scope`)),
      shop.fault({ path: /\/namespaces\/default\// }, status(403, `${refusal} in the namespace "default"`)),
    ];
    await open();
    await warning(
      'Not permitted: watch deployments.apps',
      'Deployments cannot be seen: watch deployments.apps is forbidden in namespace default, and in the whole cluster.',
    );
    for (const mend of mends) mend();
    await vscode.commands.executeCommand('kubernetesRollback.refresh');
    await deployment();
  });
});

function words({ label, item }: Row): string {
  return `${label} ${String(item.description)}`;
}

function isWarning({ iconPath }: vscode.TreeItem): boolean {
  return iconPath instanceof vscode.ThemeIcon && iconPath.id === 'warning';
}
