import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/**
 * Why a kubeconfig file is not read while the workspace with these folders is not trusted; undefined where it lies elsewhere.
 * VS Code's working directory can be a workspace's, so that a relative path in KUBECONFIG may lead into it.
 */
export function untrustedKubeconfig(file: string, folders: readonly string[]): string | undefined {
  const inside = folders.some((folder) => {
    const way = relative(realPath(folder), realPath(file));
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
  return inside
    ? `The kubeconfig ${file} lies in this workspace, which is not trusted, and could name programs to run. Trust the workspace, or choose another file.`
    : undefined;
}

/** With links followed as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // Not there yet: then nothing is read from it either.
  }
}
