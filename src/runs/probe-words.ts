import { certificateNames, codeOf, problemOf } from '../cluster/errors/connection-error.ts';
import type { ProblemName } from '../cluster/errors/problems.ts';

/** Why there was no answer, in words that follow `GET … failed:`. */
const reasons: Partial<Readonly<Record<ProblemName, string>>> = {
  refused: 'nothing listens there',
  unknownHost: 'its name is not known to DNS',
  dnsSilent: 'its name cannot be looked up, DNS does not answer',
  noRoute: 'no network leads there from this machine',
  notConnected: 'it does not take the connection, as behind a firewall',
  cut: 'it ended the connection without a whole answer',
  certificateExpired: 'its certificate has expired',
  certificateNotYetValid: "its certificate is not valid yet, or this machine's clock is wrong",
  unknownAuthority: 'its certificate is signed by an authority that this machine does not know',
  notTls: 'it does not speak TLS: the address may have to begin with http:',
  noCommonTls: 'it refuses the TLS handshake',
  notHttp: 'it does not speak HTTP: another program listens there',
};

/** Why a probe had no answer; the technical code follows in brackets. */
export function probeWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const name = problemOf(error);
  const reason =
    name === 'otherHost'
      ? `its certificate is made for other names: ${certificateNames(error)}`
      : name === undefined
        ? undefined
        : reasons[name];
  const code = codeOf(error);
  return reason === undefined ? error.message || code : `${reason}${code === '' ? '' : ` (${code})`}`;
}
