import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isSystemError } from '../../cache.ts';

/** Where a kept cluster is to be reached. */
export interface KeptCluster {
  readonly kubeconfig: string;
  readonly server: string;
  /** The folder with kubectl. */
  readonly programs: string;
  readonly folder: string;
  /** The process that keeps it. */
  readonly pid: number;
  /** The demo's public address, if it was asked for. */
  readonly health?: string;
}

/** What a keeper can be asked for. */
export type Question = 'state' | 'down';

/** Where the keeper of that name listens; only its own user can connect. */
export function keeperSocket(name: string): string {
  const unique = `kubernetes-rollback-${userInfo().username}-${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${unique}` : join(tmpdir(), `${unique}.sock`);
}

/**
 * Asks the keeper of that name; undefined when there is none (any more). The answer to `down` comes when its cluster
 * has ended.
 */
export async function askKeeper(name: string, question: Question): Promise<KeptCluster | undefined> {
  const socket = connect(keeperSocket(name));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch (error) {
    // A keeper that was killed leaves its socket behind, and nothing else: its programs ended with it.
    if (isSystemError(error, 'ENOENT') || isSystemError(error, 'ECONNREFUSED')) return undefined;
    throw error;
  }
  socket.end(question);
  const kept: KeptCluster = JSON.parse(await text(socket));
  return kept;
}
