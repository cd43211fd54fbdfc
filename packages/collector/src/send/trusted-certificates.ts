import { getCACertificates } from 'node:tls';
import { TargetError } from '../targets/target-error.ts';

/** Whom to trust besides those Node.js trusts by itself. */
export interface TrustSettings {
  /** Certificates of private authorities as PEM; revocation lists (`X509 CRL`) among them are obeyed. */
  readonly ca?: string;
  /** Also trust what the operating system trusts, as `--use-system-ca` does. */
  readonly systemCa?: boolean;
}

/** What TLS is told. Absent members leave the defaults of Node.js, `NODE_EXTRA_CA_CERTS` among them. */
export interface TrustedCertificates {
  readonly ca?: string[];
  readonly crl?: string[];
}

const certificate = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g;
const revocationList = /-----BEGIN X509 CRL-----[^-]*-----END X509 CRL-----/g;

/**
 * The certificates to trust. Naming any to TLS replaces the built-in ones, so these are named with them.
 * @throws TargetError `ca-file` when `ca` holds no certificate
 */
export function trustedCertificates({ ca, systemCa = false }: TrustSettings): TrustedCertificates {
  if (ca === undefined && !systemCa) return {};
  const own = ca?.match(certificate) ?? [];
  if (ca !== undefined && own.length === 0) {
    throw new TargetError(
      'ca-file',
      'The file of certificates holds none in PEM form (-----BEGIN CERTIFICATE-----). Name the certificate of the authority that signed the server, not its key.',
    );
  }
  const crl = ca?.match(revocationList) ?? [];
  return {
    ca: [...getCACertificates('default'), ...(systemCa ? getCACertificates('system') : []), ...own],
    ...(crl.length === 0 ? {} : { crl: [...crl] }),
  };
}
