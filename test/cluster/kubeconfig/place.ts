import { type Certificates, makeCertificates } from '../../testbed/cluster/certificates.ts';
import { type ArrivalServer, plainLoopback, tlsLoopback } from '../../unit/cluster/tls-loopback.ts';
import { base64 } from './config.ts';
import { httpProxy, socksProxy, type TestProxy } from './proxies.ts';

/** The servers and proxies that the cases lead to. */
export interface Place {
  readonly certificates: Certificates;
  readonly tls: ArrivalServer;
  readonly plain: ArrivalServer;
  readonly proxy: TestProxy;
  readonly tlsProxy: TestProxy;
  readonly socks: TestProxy;
  /** A cluster entry that leads to `tls`. */
  readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  /** The same under a name that only the proxies know the way to. */
  readonly named: { readonly server: string; readonly 'certificate-authority-data': string };
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const certificates = await makeCertificates();
  const [tls, plain, proxy, tlsProxy, socks] = await Promise.all([
    tlsLoopback(certificates),
    plainLoopback(),
    httpProxy(),
    httpProxy(certificates),
    socksProxy(),
  ]);
  const authority = { 'certificate-authority-data': base64(certificates.authority) };
  return {
    certificates,
    tls,
    plain,
    proxy,
    tlsProxy,
    socks,
    cluster: { server: tls.url, ...authority },
    named: { server: `https://kubernetes.default.svc:${tls.port}`, ...authority },
    async close() {
      await Promise.all([tls, plain, proxy, tlsProxy, socks].map((one) => one.close()));
    },
  };
}
