import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a kubeconfig and a login command, which is a shell script. */
export class LoginBed {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<LoginBed> {
    return new LoginBed(await mkdtemp(join(tmpdir(), 'login-')));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Writes the kubeconfig with one cluster `c`, the users, and a context of each user's name. */
  async kubeconfig(cluster: object, users: Readonly<Record<string, object>>): Promise<string> {
    const names = Object.keys(users);
    const text = JSON.stringify({
      clusters: [{ name: 'c', cluster }],
      users: names.map((name) => ({ name, user: users[name] })),
      contexts: names.map((name) => ({ name, context: { cluster: 'c', user: name } })),
      'current-context': names[0],
    });
    const file = this.path('config');
    await writeFile(file, text);
    return file;
  }

  /** A user entry whose login runs these lines of shell; each run adds a line to the file `runs`. */
  async execUser(script: string, more: object = {}): Promise<object> {
    const command = this.path('plugin');
    await writeFile(command, `#!/bin/sh\ncd '${this.folder}'\necho run >> runs\n${script}\n`);
    await chmod(command, 0o755);
    const apiVersion = 'client.authentication.k8s.io/v1';
    return { exec: { apiVersion, command, interactiveMode: 'Never', ...more } };
  }

  /** How often the login command was run. */
  async runs(): Promise<number> {
    return (await this.text('runs')).split('\n').filter((line) => line !== '').length;
  }

  /** What a file holds, empty where it is not there. */
  async text(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8').catch(() => '');
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** A line of shell that prints an ExecCredential; the status is JSON in which `$n` and the like are the shell's. */
export function printCredential(status: string, apiVersion = 'client.authentication.k8s.io/v1'): string {
  return `cat <<EOF\n{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":${status}}\nEOF`;
}
