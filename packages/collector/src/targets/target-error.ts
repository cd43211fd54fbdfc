/** What is wrong with where the findings are to go. Stable. */
export type TargetErrorCode =
  | 'target-unknown'
  | 'target-url'
  | 'target-url-insecure'
  | 'target-url-userinfo'
  | 'target-url-forbidden'
  | 'collector-missing'
  | 'collector-differs'
  | 'credential-missing'
  | 'repository-missing'
  | 'repository-url'
  | 'proxy-url'
  | 'ca-file';

/** The user has to repair the configuration; nothing was sent. */
export class TargetError extends Error {
  readonly code: TargetErrorCode;

  constructor(code: TargetErrorCode, message: string) {
    super(message);
    this.name = 'TargetError';
    this.code = code;
  }
}
