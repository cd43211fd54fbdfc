/** How the secrets of one kind look. */
export interface TokenFormat {
  readonly name: string;
  /** Linear in the length of the text; the first group, if there is one, is kept. */
  readonly pattern: RegExp;
}

/** Nothing that could belong to a longer word stands before it. */
const before = '(?<![A-Za-z0-9_-])';

/** Secrets that begin with a prefix of their own: name, prefix, what follows. */
const prefixed: readonly (readonly [name: string, prefix: string, rest: string])[] = [
  ['aws-access-key', '(?:AKIA|ASIA|ABIA|ACCA)', '[A-Z0-9]{16}(?![A-Za-z0-9])'],
  ['github-token', 'gh[pousr]_', '[A-Za-z0-9]{36,255}'],
  ['github-fine-grained-token', 'github_pat_', '\\w{22,255}'],
  ['gitlab-token', 'gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas)-', '[\\w-]{20,300}'],
  ['gitlab-runner-registration', 'GR1348941', '[\\w-]{20}'],
  ['slack-token', 'xox[abeoprs]-', '[A-Za-z0-9-]{10,250}'],
  ['slack-app-token', 'xapp-', '[A-Za-z0-9-]{20,250}'],
  ['stripe-key', '[rs]k_(?:live|test)_', '[A-Za-z0-9]{16,250}'],
  ['stripe-webhook-secret', 'whsec_', '[A-Za-z0-9+/=]{24,100}'],
  ['google-api-key', 'AIza', '[\\w-]{35}'],
  ['google-oauth-secret', 'GOCSPX-', '[\\w-]{28}'],
  ['google-oauth-token', 'ya29\\.', '[\\w-]{20,500}'],
  ['npm-token', 'npm_', '[A-Za-z0-9]{36}'],
  ['pypi-token', 'pypi-', '[\\w-]{50,500}'],
  ['rubygems-key', 'rubygems_', '[0-9a-f]{48}'],
  ['sendgrid-key', 'SG\\.', '[\\w-]{22}\\.[\\w-]{43}'],
  ['twilio-key', 'SK', '[0-9a-f]{32}(?![0-9a-f])'],
  ['mailgun-key', 'key-', '[0-9a-f]{32}(?![0-9a-f])'],
  ['digitalocean-token', 'do[opr]_v1_', '[0-9a-f]{64}'],
  ['heroku-key', 'HRKU-', '[\\w-]{30,100}'],
  ['shopify-token', 'shp(?:at|ca|pa|ss)_', '[0-9a-fA-F]{32}'],
  ['square-token', 'sq0(?:atp|csp|idp)-', '[\\w-]{22,43}'],
  ['databricks-token', 'dapi', '[0-9a-f]{32}(?:-\\d)?'],
  ['vault-token', 'hv[bsr]\\.', '[\\w-]{24,300}'],
  ['doppler-token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.', '[\\w.-]{40,100}'],
  ['linear-key', 'lin_api_', '[A-Za-z0-9]{40}'],
  ['notion-secret', '(?:secret_|ntn_)', '[A-Za-z0-9]{43,50}'],
  ['service-key', 'sk-(?:proj|svcacct|admin|ant)-', '[\\w-]{40,250}'],
  ['plain-service-key', 'sk-', '[A-Za-z0-9]{40,60}'],
  ['huggingface-token', '(?:hf|api_org)_', '[A-Za-z]{34}'],
  ['postman-key', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'],
  ['atlassian-token', 'AT(?:ATT|CTT)3', '[\\w=-]{60,300}'],
  ['dropbox-token', 'sl\\.', '[\\w-]{130,500}'],
  ['facebook-token', 'EAA', '[A-Za-z0-9]{80,300}'],
  ['cloudflare-origin-key', 'v1\\.0-', '[0-9a-f]{24}-[0-9a-f]{146}'],
  ['newrelic-key', 'NR(?:AK|II|JS|RA)-', '[A-Za-z0-9-]{16,40}'],
  ['grafana-cloud-token', 'glc_', '[A-Za-z0-9+/=]{32,400}'],
  ['grafana-service-token', 'glsa_', '[A-Za-z0-9]{32}_[0-9a-f]{8}'],
  ['sentry-token', 'sntry[su]_', '[\\w+/=]{40,400}'],
  ['sonarqube-token', 'sq[apu]_', '[0-9a-f]{40}'],
  ['planetscale-token', 'pscale_(?:tkn|pw|oauth)_', '[\\w.-]{32,64}'],
  ['supabase-token', 'sbp_', '[0-9a-f]{40}'],
  ['pulumi-token', 'pul-', '[0-9a-f]{40}'],
  ['docker-token', 'dckr_(?:pat|oat)_', '[\\w-]{27,40}'],
  ['artifactory-key', 'AKCp', '[A-Za-z0-9]{60,80}'],
  ['age-key', 'AGE-SECRET-KEY-1', '[0-9A-Z]{58}'],
  ['adafruit-key', 'aio_', '[A-Za-z0-9]{28}'],
  ['airtable-token', 'pat', '[A-Za-z0-9]{14}\\.[0-9a-f]{64}'],
  ['easypost-key', 'EZ[AT]K', '[A-Za-z0-9]{54}'],
  ['flutterwave-key', 'FLWSECK(?:_TEST)?-', '[A-Za-z0-9]{12,40}(?:-X)?'],
  ['prefect-key', 'pnu_', '[A-Za-z0-9]{36}'],
  ['readme-key', 'rdme_', '[a-z0-9]{70}'],
  ['brevo-key', 'xkeysib-', '[0-9a-f]{64}-[A-Za-z0-9]{16}'],
  ['shippo-token', 'shippo_(?:live|test)_', '[0-9a-f]{40}'],
  ['tailscale-key', 'tskey-', '[a-z]+-[A-Za-z0-9]+-[A-Za-z0-9]+'],
  ['figma-token', 'figd_', '[\\w-]{40}'],
  ['clojars-token', 'CLOJARS_', '[a-z0-9]{60}'],
  ['certus-key', 'ck_(?:live|test)_', '[\\w-]{8,200}'],
  ['telegram-token', '\\d{8,10}:', 'AA[\\w-]{33}'],
  ['discord-token', '[MNO][\\w-]{23,25}\\.', '[\\w-]{6}\\.[\\w-]{27,38}'],
  ['terraform-token', '[A-Za-z0-9]{14}\\.atlasv1\\.', '[\\w-]{60,70}'],
  ['mailchimp-key', '[0-9a-f]{32}-us', '\\d{1,2}(?!\\d)'],
  ['azure-client-secret', '[\\w~.-]{3}[78]Q~', '[\\w~.-]{31,34}'],
  ['json-web-token', 'eyJ[\\w-]{8,2000}\\.', 'eyJ[\\w-]{8,4000}\\.[\\w-]{8,1000}'],
];

/** Secrets that are known by what stands around them; the first group stays. */
const framed: readonly (readonly [name: string, pattern: string])[] = [
  ['private-key', '(-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)[^-]{16,20000}'],
  ['url-password', '(:\\/\\/[^\\s/:@]{1,100}:)[^\\s/@]{3,200}(?=@)'],
  [
    'authorization-header',
    '(authorization["\']?\\s{0,3}[:=]\\s{0,3}["\']?(?:bearer|basic|token)\\s{1,3})[\\w.~+/=-]{12,2000}',
  ],
  ['slack-webhook', '(hooks\\.slack\\.com/(?:services|workflows)/)[A-Za-z0-9/]{20,100}'],
  ['discord-webhook', '(discord(?:app)?\\.com/api/webhooks/\\d{15,22}/)[\\w-]{40,100}'],
  ['azure-storage-key', '(AccountKey=)[A-Za-z0-9+/]{60,100}={0,2}'],
  ['azure-shared-access-signature', '([?&]sig=)[A-Za-z0-9%+/=]{40,120}'],
  ['aws-secret-key', '(aws_?secret[a-z_]{0,20}["\']?\\s{0,3}[:=]\\s{0,3}["\']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])'],
];

/** How the first groups of those begin. */
const frames =
  '-----[Bb][Ee][Gg][Ii][Nn]|://[^\\s/:@]{1,100}:[^\\s/@]{3,200}@|[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz]|[Hh][Oo][Oo][Kk][Ss]|[Aa][Cc][Cc][Oo][Uu][Nn][Tt][Kk][Ee][Yy]=|[?&][Ss][Ii][Gg]=|[Aa][Ww][Ss]_?[Ss][Ee][Cc][Rr][Ee][Tt]';

/** Found in every text that has a secret of some known form: one question instead of seventy. */
export const tokenHint = new RegExp(`${frames}|${before}(?:${prefixed.map(([, prefix]) => prefix).join('|')})`);

/** Every format, in the order in which they are tried. */
export const tokenFormats: readonly TokenFormat[] = [
  ...framed.map(([name, pattern]) => ({ name, pattern: new RegExp(pattern, 'gi') })),
  ...prefixed.map(([name, prefix, rest]) => ({ name, pattern: new RegExp(`${before}${prefix}${rest}`, 'g') })),
];
