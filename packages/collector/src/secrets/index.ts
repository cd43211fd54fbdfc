export {
  type Credential,
  type CredentialSettings,
  type CredentialType,
  createCredential,
  createNonce,
  type SigningMoment,
} from './credential.ts';
export { redact } from './redact.ts';
export { CredentialError, type CredentialErrorCode, Secret } from './secret.ts';
