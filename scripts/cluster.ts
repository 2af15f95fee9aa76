import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { launchKeeper } from '../test/testbed/cluster/keeper/launch.ts';
import { askKeeper, type KeptCluster } from '../test/testbed/cluster/keeper/state.ts';

const USAGE = `A Kubernetes cluster on this machine: real API server and controllers, played nodes and pods.

  npm run cluster -- up [--demo] [--metrics]   start it and leave it running
                                               --demo     with namespace veza-production and its health address
                                               --metrics  with metrics-server, for kubectl top
  npm run cluster -- status                    where it is, if it runs
  npm run cluster -- kubectl ARGUMENT …        its own kubectl
  npm run cluster -- down                      end it

  --name NAME before the command tells several clusters apart.`;

const [name, command, ...args] = named(process.argv.slice(2));
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  switch (command) {
    case 'up':
      return up();
    case 'down':
      return down();
    case 'status':
      return status();
    case 'kubectl':
      return kubectl();
    default:
      console.log(USAGE);
      return command === undefined || command === 'help' || command === '--help' ? 0 : 2;
  }
}

async function up(): Promise<number> {
  const unknown = args.find((arg) => arg !== '--demo' && arg !== '--metrics');
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}\n\n${USAGE}`);
  const running = await askKeeper(name, 'state');
  if (running !== undefined) {
    console.log('It runs already.');
    describe(running);
    return 0;
  }
  const log = (line: string): void => console.log(line);
  console.log('Starting the cluster');
  describe(
    await launchKeeper({ name, demo: args.includes('--demo'), metrics: args.includes('--metrics'), log }),
  );
  return 0;
}

async function down(): Promise<number> {
  const ended = await askKeeper(name, 'down');
  console.log(ended === undefined ? 'No cluster was running.' : 'The cluster has ended.');
  return 0;
}

async function status(): Promise<number> {
  const running = await askKeeper(name, 'state');
  if (running === undefined) {
    console.log('No cluster is running: npm run cluster -- up');
    return 1;
  }
  describe(running);
  return 0;
}

async function kubectl(): Promise<number> {
  const running = await askKeeper(name, 'state');
  if (running === undefined) throw new Error('No cluster is running: npm run cluster -- up');
  const child = spawn(join(running.programs, 'kubectl'), args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      KUBECONFIG: running.kubeconfig,
      KUBECACHEDIR: join(running.folder, 'kubectl-cache'),
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function describe(kept: KeptCluster): void {
  console.log(`\n  API server   ${kept.server}`);
  console.log(`  kubeconfig   ${kept.kubeconfig}`);
  if (kept.health !== undefined) console.log(`  health       ${kept.health}/health`);
  console.log(`\nUse it:  export KUBECONFIG=${kept.kubeconfig}`);
  console.log('    or:  npm run --silent cluster -- kubectl get pods --all-namespaces');
  console.log('End it:  npm run cluster -- down');
}

function named([first, second, ...rest]: readonly string[]): [string, string | undefined, ...string[]] {
  if (first === '--name' && second !== undefined) return [second, ...splitFirst(rest)];
  return ['default', ...splitFirst([first, second, ...rest].filter((arg) => arg !== undefined))];
}

function splitFirst([first, ...rest]: readonly string[]): [string | undefined, ...string[]] {
  return [first, ...rest];
}
