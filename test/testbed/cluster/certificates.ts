import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Everything that one cluster's programs and people prove themselves with. */
export interface Certificates {
  readonly authority: string;
  readonly server: KeyPair;
  /** A server's certificate with other names or another validity than it should have. */
  serverLike(flaw: Flaw): KeyPair;
  /** The key that signs service account tokens, PEM. */
  readonly serviceAccountKey: string;
  /** A client certificate: Kubernetes takes the user from the common name, the groups from the organizations. */
  client(user: string, ...groups: readonly string[]): KeyPair;
  /** A client certificate that is valid at other times. */
  clientLike(user: string, flaw: Pick<Flaw, 'from' | 'until'>): KeyPair;
}

/** What is wrong with a certificate. */
export interface Flaw {
  readonly dnsNames?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
}

const DAY = 86_400_000;

/**
 * Makes an authority of its own with a server certificate for loopback. Keys come from Node (native, in parallel),
 * since node-forge's own generation in JavaScript takes seconds. All leaves share one key: this cluster guards nothing.
 */
export async function makeCertificates(): Promise<Certificates> {
  const [authorityKey, leafKey, serviceAccountKey] = await Promise.all([rsaKey(), rsaKey(), rsaKey()]);
  const authority = forge.pki.createCertificate();
  const signing = forge.pki.privateKeyFromPem(authorityKey);
  const authorityName = [{ name: 'commonName', value: 'kubernetes-rollback test bed' }];
  fill(authority, authorityName, authorityName, forge.pki.setRsaPublicKey(signing.n, signing.e));
  authority.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
  ]);
  authority.sign(signing, forge.md.sha256.create());

  const leaf = forge.pki.privateKeyFromPem(leafKey);
  const leafPublic = forge.pki.setRsaPublicKey(leaf.n, leaf.e);
  const issue = (
    subject: forge.pki.CertificateField[],
    extensions: readonly object[],
    { from, until }: Flaw = {},
  ): KeyPair => {
    const certificate = forge.pki.createCertificate();
    fill(certificate, subject, authority.subject.attributes, leafPublic);
    if (from !== undefined) certificate.validity.notBefore = from;
    if (until !== undefined) certificate.validity.notAfter = until;
    certificate.setExtensions([
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      ...extensions,
    ]);
    certificate.sign(signing, forge.md.sha256.create());
    return { cert: forge.pki.certificateToPem(certificate), key: leafKey };
  };

  const server = (flaw: Flaw = {}): KeyPair => {
    const altNames = flaw.dnsNames?.map((value) => ({ type: 2, value })) ?? ALTERNATIVE_NAMES;
    const extensions = [
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ];
    return issue([{ name: 'commonName', value: 'kube-apiserver' }], extensions, flaw);
  };
  const client = (user: string, groups: readonly string[], flaw: Flaw = {}): KeyPair =>
    issue(
      [{ name: 'commonName', value: user }, ...groups.map((value) => ({ name: 'organizationName', value }))],
      [{ name: 'extKeyUsage', clientAuth: true }],
      flaw,
    );
  return {
    authority: forge.pki.certificateToPem(authority),
    serviceAccountKey,
    server: server(),
    serverLike: server,
    client: (user, ...groups) => client(user, groups),
    clientLike: (user, flaw) => client(user, [], flaw),
  };
}

/** Type 2 is a DNS name, type 7 an address; 10.96.0.1 is the `kubernetes` Service. */
const ALTERNATIVE_NAMES = [
  { type: 2, value: 'localhost' },
  { type: 2, value: 'kubernetes.default.svc' },
  { type: 7, ip: '127.0.0.1' },
  { type: 7, ip: '10.96.0.1' },
];

function fill(
  certificate: forge.pki.Certificate,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  publicKey: forge.pki.rsa.PublicKey,
): void {
  // Positive, and without a leading zero byte too many, which DER forbids.
  certificate.serialNumber = `01${randomBytes(12).toString('hex')}`;
  certificate.publicKey = publicKey;
  certificate.validity.notBefore = new Date(Date.now() - DAY);
  certificate.validity.notAfter = new Date(Date.now() + 365 * DAY);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
}

async function rsaKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return privateKey;
}
