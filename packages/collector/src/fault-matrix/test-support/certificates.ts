import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, as PEM. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of this test's own. */
export interface Authority extends Disposable {
  /** Its certificate, as PEM. */
  readonly ca: string;
  /** @param valid days from now; the default began yesterday and ends in 30 days */
  issue(names: string, valid?: readonly [from: number, to: number]): KeyPair;
  /** A certificate that nobody signed but itself. */
  selfSigned(names: string): KeyPair;
  /** Takes a certificate back, and gives the list of those that were. */
  revoke(pair: KeyPair): string;
}

const config = `
[ca]
default_ca = authority
[authority]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_crl_days = 30
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Makes an authority with openssl, in a folder that goes when it is disposed of. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'sariflow-certificates-'));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const openssl = (...args: string[]) => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  let made = 0;

  writeFileSync(join(folder, 'config'), config);
  writeFileSync(join(folder, 'index.txt'), '');
  writeFileSync(join(folder, 'serial'), '1000');
  const ofAuthority = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=keyCertSign,cRLSign'];
  const subject = ['-subj', '/CN=Authority of a test', '-days', '30', '-keyout', 'ca.key', '-out', 'ca.pem'];
  openssl('req', '-x509', ...newKey, ...subject, ...ofAuthority);

  return {
    ca: read('ca.pem'),
    issue(names, [from, to] = [-1, 30]) {
      made += 1;
      const [key, request, cert] = [`${made}.key`, `${made}.csr`, `${made}.pem`];
      const extension = ['-addext', `subjectAltName=${names}`];
      openssl('req', '-new', ...newKey, '-subj', '/CN=server', '-keyout', key, '-out', request, ...extension);
      const dates = ['-startdate', asn1Date(from), '-enddate', asn1Date(to)];
      openssl('ca', '-batch', '-notext', '-config', 'config', '-in', request, '-out', cert, ...dates);
      return { key: read(key), cert: read(cert) };
    },
    selfSigned(names) {
      const files = ['-keyout', 'self.key', '-out', 'self.pem', '-addext', `subjectAltName=${names}`];
      openssl('req', '-x509', ...newKey, '-subj', '/CN=server', '-days', '30', ...files);
      return { key: read('self.key'), cert: read('self.pem') };
    },
    revoke({ cert }) {
      writeFileSync(join(folder, 'revoked.pem'), cert);
      openssl('ca', '-batch', '-config', 'config', '-revoke', 'revoked.pem');
      openssl('ca', '-batch', '-config', 'config', '-gencrl', '-out', 'crl.pem');
      return read('crl.pem');
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Such as `20261122090000Z`. */
function asn1Date(daysFromNow: number): string {
  const date = new Date(Date.now() + daysFromNow * 86_400_000);
  return `${date.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
}
