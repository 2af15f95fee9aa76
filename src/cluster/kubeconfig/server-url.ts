/**
 * The base address of an API server from what the kubeconfig says of it: a URL, or a host with its port, which is asked over
 * plain HTTP then. Throws an Error in kubectl's words. Source: client-go, rest/url_utils.go, DefaultServerURL.
 */
export function serverUrl(server: string): URL {
  // `localhost:6443` parses as a URL with the scheme `localhost:` and without a host.
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url !== undefined && url.host !== '') {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new Error(`unsupported protocol scheme "${url.protocol.slice(0, -1)}" in the server ${server}`);
    url.search = '';
    url.hash = '';
    return url;
  }
  const plain = `http://${server}`;
  if (!URL.canParse(plain) || !/^\/?$/.test(new URL(plain).pathname))
    throw new Error(`the server must be a URL or a host:port pair: "${server}"`);
  return new URL(plain);
}
