import { accessSync, constants } from 'node:fs';
import type { ClusterEntry, UserEntry } from './schema.ts';

/**
 * What kubectl refuses in a cluster's entry, in its words; none where it can be used. Paths must be absolute.
 * Source: client-go, tools/clientcmd/validation.go, validateClusterInfo, and transport.TLSConfigFor.
 */
export function clusterProblems(name: string, cluster: ClusterEntry): string[] {
  const problems: string[] = [];
  const {
    server,
    'proxy-url': proxy,
    'certificate-authority': file,
    'certificate-authority-data': data,
  } = cluster;
  if (server === '') problems.push(`no server found for cluster "${name}"`);
  if (proxy !== '') {
    const scheme = URL.canParse(proxy) ? new URL(proxy).protocol : '';
    if (!['http:', 'https:', 'socks5:'].includes(scheme))
      problems.push(
        `invalid 'proxy-url' "${proxy}" for cluster "${name}": unsupported scheme "${scheme.slice(0, -1)}", must be http, https, or socks5`,
      );
  }
  if (file !== '' && data !== '')
    problems.push(`certificate-authority-data and certificate-authority are both specified for ${name}`);
  if (file !== '') problems.push(...unreadable(file, `certificate-authority ${file} for ${name}`));
  if (cluster['insecure-skip-tls-verify'] && (file !== '' || data !== '') && server.startsWith('https:'))
    problems.push('specifying a root certificates file with the insecure flag is not allowed');
  return problems;
}

/**
 * What kubectl refuses in a user's entry, in its words; none where it can be used. Paths must be absolute.
 * Source: client-go, tools/clientcmd/validation.go, validateAuthInfo.
 */
export function userProblems(name: string, user: UserEntry): string[] {
  const methods = [
    ...(user.token === '' ? [] : ['token']),
    ...(user.username === '' && user.password === '' ? [] : ['basicAuth']),
  ];
  const certificate = user['client-certificate'];
  const key = user['client-key'];
  const problems: string[] = [];
  if (certificate !== '' || user['client-certificate-data'] !== '') {
    if (certificate !== '' && user['client-certificate-data'] !== '')
      problems.push(`client-cert-data and client-cert are both specified for ${name}`);
    if (key !== '' && user['client-key-data'] !== '')
      problems.push(`client-key-data and client-key are both specified for ${name}`);
    if (key === '' && user['client-key-data'] === '')
      problems.push(
        `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method`,
      );
    if (certificate !== '')
      problems.push(...unreadable(certificate, `client-cert ${certificate} for ${name}`));
    if (key !== '') problems.push(...unreadable(key, `client-key ${key} for ${name}`));
  }
  if (user.exec) problems.push(...execProblems(name, user));
  if (methods.length > 1)
    problems.push(
      `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`,
    );
  const extra = Object.keys(user['as-user-extra']).length > 0;
  if (user.as === '' && (user['as-uid'] !== '' || user['as-groups'].length > 0 || extra))
    problems.push(`requesting uid, groups or user-extra for ${name} without impersonating a user`);
  return problems;
}

function execProblems(name: string, { exec, 'auth-provider': provider }: UserEntry): string[] {
  if (!exec) return [];
  const problems: string[] = [];
  const use = `for ${name} to use exec authentication plugin`;
  if (provider)
    problems.push(`authProvider cannot be provided in combination with an exec plugin for ${name}`);
  if (exec.command === '') problems.push(`command must be specified ${use}`);
  if (exec.apiVersion === '') problems.push(`apiVersion must be specified ${use}`);
  if (exec.env.some((variable) => variable.name === ''))
    problems.push(`env variable name must be specified ${use}`);
  if (exec.interactiveMode === '') problems.push(`interactiveMode must be specified ${use}`);
  else if (!['Never', 'IfAvailable', 'Always'].includes(exec.interactiveMode))
    problems.push(`invalid interactiveMode for ${name}: "${exec.interactiveMode}"`);
  return problems;
}

function unreadable(file: string, what: string): string[] {
  try {
    accessSync(file, constants.R_OK);
    return [];
  } catch (error) {
    return [`unable to read ${what}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
