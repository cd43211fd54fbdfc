export { type CertusSettings, certus, connectCertus } from './certus/certus.ts';
export { cortex } from './cortex.ts';
export { local } from './local.ts';
export { cleanRepositoryUrl } from './repository-url.ts';
export type { Destination, Target, TargetSettings, UploadContext } from './target.ts';
export { TargetError, type TargetErrorCode } from './target-error.ts';
export { targetById, targets } from './targets.ts';
