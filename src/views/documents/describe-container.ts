import type {
  ContainerEndJson as Ended,
  ContainerJson as Container,
  ContainerStatusJson as Status,
  ProbeJson,
} from '../../domain/rollout/json.ts';
import { hiddenValue, mayBeSecret, withoutSecrets } from '../../domain/rollout/secret-name.ts';
import { type Fact, facts, indented, timeWords } from './describe-parts.ts';
import { type Line, type Part, toned, tonedIf } from './page.ts';

/** A container as its template asks for it and, for one of a pod, as it runs. */
export function containerLines(
  container: Container,
  status: Status | undefined,
  now: number,
): readonly Line[] {
  const { name, image, resources = {} } = container;
  return [
    [name],
    ...indented(
      facts([
        ...(status === undefined ? [] : runFacts(status, now)),
        ['Image', image ?? ''],
        ['Command', commandWords(container.command)],
        ['Arguments', commandWords(container.args)],
        ['Ports', portWords(container)],
        ['CPU', amountWords('cpu', resources)],
        ['Memory', amountWords('memory', resources)],
        ['Startup probe', probeWords(container.startupProbe)],
        ['Readiness probe', probeWords(container.readinessProbe)],
        ['Liveness probe', probeWords(container.livenessProbe)],
        ['Environment', environment(container)],
        ['Mounts', mounts(container)],
      ]),
    ),
  ];
}

function runFacts({ state, lastState, ready, restartCount, imageID }: Status, now: number): readonly Fact[] {
  const restarts = restartCount ?? 0;
  return [
    ['State', stateWords(state, now)],
    ['Last run', lastState?.terminated && toned('warning', endWords(lastState.terminated, now))],
    ['Ready', ready ? toned('ok', 'yes') : toned('warning', 'no')],
    ['Restarts', tonedIf(restarts > 0, 'warning', String(restarts))],
    ['Image id', imageID ?? ''],
  ];
}

function stateWords(state: Status['state'], now: number): Part {
  if (state?.running) return `Running since ${timeWords(state.running.startedAt, now)}`;
  if (state?.terminated) {
    const { terminated } = state;
    return tonedIf(terminated.exitCode !== 0, 'failed', `Ended: ${endWords(terminated, now)}`);
  }
  const { reason = 'not known', message } = state?.waiting ?? {};
  const waits = `Waiting: ${reason}${message === undefined ? '' : ` — ${message}`}`;
  return tonedIf(reason !== 'ContainerCreating' && reason !== 'PodInitializing', 'failed', waits);
}

function endWords({ reason, exitCode, signal, startedAt, finishedAt, message }: Ended, now: number): string {
  const seconds = (Date.parse(finishedAt ?? '') - Date.parse(startedAt ?? '')) / 1000;
  return [
    `${reason ?? 'ended'}, exit code ${exitCode}${signal ? ` (signal ${signal})` : ''}`,
    ...(finishedAt === undefined ? [] : [`ended ${timeWords(finishedAt, now)}`]),
    ...(Number.isNaN(seconds) ? [] : [`ran ${seconds} s`]),
    ...(message ? [message.trim()] : []),
  ].join(', ');
}

function commandWords(words: readonly string[] | undefined): string {
  return (words ?? [])
    .map((word) => (/[\s"']/.test(word) ? JSON.stringify(withoutSecrets(word)) : withoutSecrets(word)))
    .join(' ');
}

function portWords({ ports }: Container): string {
  return (ports ?? [])
    .map(({ name, containerPort, protocol = 'TCP', hostPort }) =>
      [
        ...(name === undefined ? [] : [name]),
        `${containerPort}/${protocol}`,
        ...(hostPort === undefined ? [] : [`(host ${hostPort})`]),
      ].join(' '),
    )
    .join(', ');
}

function amountWords(resource: string, { requests, limits }: NonNullable<Container['resources']>): string {
  const request = requests?.[resource];
  const limit = limits?.[resource];
  if (request === undefined && limit === undefined) return 'no request, no limit';
  return `${request === undefined ? 'no request' : `request ${request}`}, ${limit === undefined ? 'no limit' : `limit ${limit}`}`;
}

function probeWords(probe: ProbeJson | undefined): string {
  if (probe === undefined) return '';
  const { initialDelaySeconds = 0, periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = probe;
  return [
    probeTarget(probe),
    ...(initialDelaySeconds > 0 ? [`after ${initialDelaySeconds} s`] : []),
    `every ${periodSeconds} s`,
    `${timeoutSeconds} s to answer`,
    `fails after ${failureThreshold} in a row`,
  ].join(', ');
}

function probeTarget({ httpGet, tcpSocket, grpc, exec }: ProbeJson): string {
  // Not as an address: an editor makes a link of that, and nobody can reach a pod by it.
  if (httpGet) {
    const { scheme = 'HTTP', host, port, path = '/' } = httpGet;
    return `${scheme} GET ${path} on port ${String(port)}${host === undefined ? '' : ` of ${host}`}`;
  }
  if (tcpSocket) return `TCP connection to ${String(tcpSocket.port)}`;
  if (grpc) return `gRPC health on ${grpc.port}${grpc.service ? ` of ${grpc.service}` : ''}`;
  return exec ? `runs ${commandWords(exec.command)}` : 'unknown kind';
}

/** Variables by name; what comes from a ConfigMap or Secret by where it comes from, never by its value. */
function environment({ env, envFrom }: Container): readonly Part[] {
  return [
    ...(envFrom ?? []).map(({ configMapRef, secretRef, prefix }) => {
      const source = configMapRef ? `ConfigMap ${configMapRef.name}` : `Secret ${secretRef?.name ?? '?'}`;
      const optional = (configMapRef ?? secretRef)?.optional === true ? ', optional' : '';
      return `all of ${source}${prefix ? `, each with the prefix ${prefix}` : ''}${optional}`;
    }),
    ...(env ?? []).map(({ name, value, valueFrom }) => {
      if (valueFrom === undefined)
        return `${name} = ${mayBeSecret(name) ? hiddenValue : withoutSecrets(value ?? '')}`;
      return `${name} from ${sourceWords(valueFrom)}`;
    }),
  ];
}

type Source = NonNullable<NonNullable<Container['env']>[number]['valueFrom']>;

function sourceWords({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: Source): string {
  if (configMapKeyRef) return `ConfigMap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `Secret ${secretKeyRef.name}, key ${secretKeyRef.key}`;
  if (fieldRef) return `the pod’s ${fieldRef.fieldPath}`;
  return resourceFieldRef ? `the container’s ${resourceFieldRef.resource}` : 'an unknown source';
}

function mounts({ volumeMounts }: Container): readonly Part[] {
  return (volumeMounts ?? []).map(
    ({ mountPath, name, readOnly, subPath }) =>
      `${mountPath} from ${name}${subPath ? `, ${subPath} in it` : ''}${readOnly ? ' (read-only)' : ''}`,
  );
}
