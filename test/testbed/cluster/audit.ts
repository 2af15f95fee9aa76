import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';

/** One request as the API server's audit log tells it. */
export interface AuditEntry {
  readonly id: string;
  /** When the API server received it, RFC 3339 with microseconds. */
  readonly time: string;
  readonly verb: string;
  readonly user: string;
  readonly userAgent: string;
  readonly requestURI: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly apiGroup: string;
  readonly dryRun: boolean;
  /** The HTTP status that was answered. */
  readonly code: number;
  /** False for a watch or a followed log that is still open. */
  readonly complete: boolean;
  /** The body of a write, parsed; a dry run's too. */
  readonly requestObject?: unknown;
}

/** All reads by their metadata; writes with what they carry, unless Kubernetes' own programs make them. */
export const AUDIT_POLICY = JSON.stringify({
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'Metadata', verbs: ['get', 'list', 'watch'] },
    {
      level: 'Metadata',
      users: [
        'system:apiserver',
        'system:kube-controller-manager',
        'system:kube-scheduler',
        'kwok',
        'metrics-server',
      ],
    },
    { level: 'Metadata', resources: [{ group: '', resources: ['secrets'] }] },
    { level: 'Request' },
  ],
});

const MARKER = '/version?marker=';

/** Reads an audit log that grows, parsing each line once. */
export class AuditLog {
  readonly #file: string;
  readonly #entries = new Map<string, AuditEntry>();
  readonly #decoder = new StringDecoder('utf8');
  #position = 0;
  #rest = '';
  #reading: Promise<void> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Everything that is in the file by now, in the order in which requests were first told. */
  async entries(): Promise<readonly AuditEntry[]> {
    this.#reading = this.#reading.then(() => this.#readOn());
    await this.#reading;
    return [...this.#entries.values()];
  }

  async #readOn(): Promise<void> {
    const file = await open(this.#file, 'r');
    try {
      const chunk = Buffer.alloc(1 << 20);
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length, this.#position);
        if (bytesRead === 0) return;
        this.#position += bytesRead;
        this.#take(this.#decoder.write(chunk.subarray(0, bytesRead)));
      }
    } finally {
      await file.close();
    }
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const entry = auditEntry(JSON.parse(line));
      if (entry !== undefined) this.#entries.set(entry.id, entry);
    }
  }
}

/** The entry in one line of the log; undefined for what is no event of a request. */
export function auditEntry(event: unknown): AuditEntry | undefined {
  const id = text(event, 'auditID');
  if (id === '') return undefined;
  const requestURI = text(event, 'requestURI');
  const target = field(event, 'objectRef');
  const requestObject = field(event, 'requestObject');
  const code = field(field(event, 'responseStatus'), 'code');
  return {
    id,
    time: text(event, 'requestReceivedTimestamp'),
    verb: text(event, 'verb'),
    user: text(field(event, 'user'), 'username'),
    userAgent: text(event, 'userAgent'),
    requestURI,
    resource: text(target, 'resource'),
    subresource: text(target, 'subresource'),
    namespace: text(target, 'namespace'),
    name: text(target, 'name'),
    apiGroup: text(target, 'apiGroup'),
    // A DELETE can carry its options in the body instead.
    dryRun:
      new URL(requestURI, 'https://cluster').searchParams.has('dryRun') ||
      field(requestObject, 'dryRun') !== undefined,
    code: typeof code === 'number' ? code : 0,
    complete: text(event, 'stage') !== 'ResponseStarted',
    ...(requestObject === undefined ? {} : { requestObject }),
  };
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}

function text(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}

/**
 * Waits until the audit log tells a request that is sent now, so that it surely tells all that were answered before:
 * the log is written just after an answer is. While the API server is away, what there is.
 */
export async function auditedSoFar(
  log: AuditLog,
  client: ApiClient,
  apiServerRuns: () => boolean,
): Promise<readonly AuditEntry[]> {
  if (!apiServerRuns()) return withoutMarkers(await log.entries());
  const path = `${MARKER}${randomUUID()}`;
  await client.request('GET', path);
  for (;;) {
    const entries = await log.entries();
    if (entries.some(({ requestURI }) => requestURI === path)) return withoutMarkers(entries);
    await delay(10);
  }
}

function withoutMarkers(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.filter(({ requestURI }) => !requestURI.startsWith(MARKER));
}
