import type { Disagreement } from './schema-comparison.ts';

/**
 * A place where Sariflow's verdict differs from that of the published schema on purpose. Each has documents that show it and
 * nothing else, so that an entry which is no longer true fails.
 */
export interface SchemaDifference {
  readonly id: string;
  /** Who finds fault with the value: the published schema alone, or Sariflow alone. */
  readonly side: Disagreement['side'];
  /** The row of the decisions in section 6, or the rule of section 2.2, that the difference follows from. */
  readonly topic: string;
  readonly reason: string;
  readonly covers: (disagreement: Disagreement) => boolean;
  /** Logs that differ in this and nothing else. */
  readonly examples: readonly object[];
}

const message = { text: 'The text of the request is evaluated.' };

/** A log whose only run and only result have these members, too. */
const log = ({ run = {}, result = {}, driver = {}, ...rest }: Readonly<Record<string, object>>) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'Shop Lint', ...driver } }, ...run, results: [{ message, ...result }] }],
  ...rest,
});

const invocation = (members: object) => log({ run: { invocations: [{ executionSuccessful: true, ...members }] } });

const onlySchema =
  (keyword: string, isMeant: (value: unknown, pointer: string, detail: string) => boolean) =>
  (disagreement: Disagreement): boolean =>
    disagreement.side === 'schema' &&
    disagreement.error.keyword === keyword &&
    isMeant(disagreement.value, disagreement.error.pointer, disagreement.error.detail);

/** Sariflow says there what the text of the standard says, as a note. */
const isNoted = (disagreement: Disagreement): boolean =>
  disagreement.side === 'schema' && disagreement.said.some(({ ruleId }) => ruleId === 'SF-S217');

const onlySariflow =
  (ruleId: string, isMeant: (value: unknown, pointer: string) => boolean) =>
  (disagreement: Disagreement): boolean =>
    disagreement.side === 'sariflow' &&
    disagreement.diagnostic.ruleId === ruleId &&
    isMeant(disagreement.value, disagreement.diagnostic.pointer);

/** In the order of the differences table in `docs/decisions/schema-differences.md`. */
export const schemaDifferences: readonly SchemaDifference[] = [
  {
    id: 'null-of-the-text',
    side: 'schema',
    topic: '`suppressions`, `results`, `workItemUris` null',
    reason: 'The text lets these members be null, which says that nothing is known.',
    covers: (disagreement) => onlySchema('type', (value) => value === null)(disagreement) && isNoted(disagreement),
    examples: [
      { version: '2.1.0', runs: [{ tool: { driver: { name: 'Shop Lint' } }, results: null }] },
      log({ result: { suppressions: null, workItemUris: null } as object }),
      invocation({ arguments: null, responseFiles: null }),
      log({ run: { addresses: [{ length: null, offsetFromParent: null, relativeAddress: null }] } }),
    ],
  },
  {
    id: 'null-is-absent',
    side: 'sariflow',
    topic: 'S202',
    reason: 'A member that is null counts as absent, also where one of several members has to be there.',
    covers: (disagreement) =>
      disagreement.side === 'sariflow' &&
      ['SF-S203', 'SF-S212', 'SF-S213', 'SF-S214'].includes(disagreement.diagnostic.ruleId) &&
      typeof disagreement.value === 'object' &&
      disagreement.value !== null &&
      Object.values(disagreement.value).includes(null),
    examples: [
      log({ result: { message: { text: null } } }),
      log({ result: { locations: [{ physicalLocation: { artifactLocation: null } }] } }),
      log({
        result: {
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/cart.js' }, region: { startLine: null } } }],
        },
      }),
    ],
  },
  {
    id: 'read-as-an-array',
    side: 'sariflow',
    topic: 'S201',
    reason: 'A run or a result outside an array is looked at as an element of one, and what is wrong with it is said.',
    covers: (disagreement) =>
      disagreement.side === 'sariflow' &&
      /^\/runs(?:$|\/(?!\d)|(?:\/\d+)?\/results(?:$|\/(?!\d)))/.test(disagreement.diagnostic.pointer),
    examples: [
      { version: '2.1.0', runs: [{ tool: { driver: { name: 'Shop Lint' } }, results: { message, level: 'bad' } }] },
      { version: '2.1.0', runs: { tool: { driver: {} }, results: [] } },
    ],
  },
  {
    id: 'date-of-the-text',
    side: 'schema',
    topic: 'date/time',
    reason: 'Section 3.9 knows dates alone, times without seconds, 24:00, and second 60 at the end of any minute.',
    covers: onlySchema('format', (value, _pointer, detail) => detail === 'date-time' && isDateOfTheText(value)),
    examples: ['2016-02-08', '2016-02-08T16:08Z', '2016-02-08T24:00:00Z', '2016-02-08T12:30:60Z'].map((endTimeUtc) =>
      invocation({ endTimeUtc }),
    ),
  },
  {
    id: 'time-with-an-offset',
    side: 'sariflow',
    topic: 'date/time',
    reason:
      'Section 3.9 wants the time in UTC, written with a capital Z and T; RFC 3339 knows offsets and small letters.',
    covers: onlySariflow('SF-S210', (value) => typeof value === 'string' && /[+-]\d\d:\d\d$|[tz]/.test(value)),
    examples: ['2016-02-08T16:08:25+02:00', '2016-02-08t16:08:25z'].map((endTimeUtc) => invocation({ endTimeUtc })),
  },
  {
    id: 'date-without-a-format',
    side: 'sariflow',
    topic: 'date/time',
    reason: 'The published schema forgot that the release date of a component is a date.',
    covers: onlySariflow('SF-S210', (_value, pointer) => pointer.endsWith('/releaseDateUtc')),
    examples: [log({ driver: { releaseDateUtc: 'May' } })],
  },
  {
    id: 'guid-of-any-version',
    side: 'schema',
    topic: 'GUID',
    reason: 'RFC 9562 has versions that the published pattern does not know.',
    covers: onlySchema('pattern', (value) => typeof value === 'string' && guidOfAnyVersion.test(value)),
    examples: [log({ result: { guid: '01890a5d-ac96-774b-bcce-b302099a8057' } })],
  },
  {
    id: 'language-of-rfc-5646',
    side: 'schema',
    topic: 'S211',
    reason:
      'Section 3.5.1 names RFC 5646, which has scripts and more; the published pattern knows language and region.',
    covers: onlySchema(
      'pattern',
      (_value, pointer, detail) => pointer.endsWith('/language') && detail.includes('a-zA-Z'),
    ),
    examples: [log({ run: { language: 'zh-Hans-CN' } }), log({ driver: { language: 'x-shop' } })],
  },
  {
    id: 'role-of-the-text',
    side: 'schema',
    topic: 'S217',
    reason: 'Section 3.24.6 defines roles that the published schema forgot.',
    covers: (disagreement) => onlySchema('enum', () => true)(disagreement) && isNoted(disagreement),
    examples: [
      log({
        run: { artifacts: [{ location: { uri: 'a.bin' }, roles: ['conversionSource', 'externalPropertyFile'] }] },
      }),
    ],
  },
  {
    id: 'member-of-the-text',
    side: 'schema',
    topic: 'S217',
    reason: 'The text calls some members by another name than the published schema; both are accepted.',
    covers: (disagreement) =>
      disagreement.side === 'schema' &&
      ((disagreement.error.keyword === 'additionalProperties' && isNoted(disagreement)) ||
        (disagreement.error.keyword === 'required' &&
          disagreement.error.detail === 'artifactLocation' &&
          Object.hasOwn(disagreement.value as object, 'location'))),
    examples: [
      log({ result: { attachments: [{ location: { uri: 'shot.png' } }] } }),
      log({ inlineExternalProperties: [{ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' }] }),
    ],
  },
  {
    id: 'equal-elements-of-a-wrong-type',
    side: 'sariflow',
    topic: 'S208',
    reason: 'ajv compares only elements of the type that the schema wants; for others their type is all that it says.',
    covers: onlySariflow('SF-S208', (value, pointer) => typeof value !== 'string' && arrayOfStrings.test(pointer)),
    examples: [log({ result: { properties: { tags: [{}, {}] } } }), log({ run: { redactionTokens: [7, 7] } })],
  },
  {
    id: 'port-that-is-none',
    side: 'schema',
    topic: 'V401',
    reason:
      'Addresses such as ssh://host:folder/ are in use and understood, though RFC 3986 has only digits in a port.',
    covers: (disagreement) =>
      onlySchema('format', (value) => typeof value === 'string' && hasWordAsPort.test(value))(disagreement),
    examples: [
      log({
        run: { versionControlProvenance: [{ repositoryUri: 'ssh://git@git.shop.example:shop/cart' }] },
        result: { workItemUris: ['https://shop.example:shop/7'] },
      }),
    ],
  },
];

const hasWordAsPort = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@[\]]*@)?[^/?#@:[\]]*:(?!\d*(?:[/?#]|$))/;
const arrayOfStrings =
  /\/(?:tags|roles|kinds|contents|deprecated\w+|workItemUris|redactionTokens|newlineSequences)\/\d+$/;
const guidOfAnyVersion = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isDateOfTheText(value: unknown): boolean {
  return (
    typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T\d\d:\d\dZ|T24:00.*Z|T\d\d:\d\d:60(?:\.\d+)?Z)?$/.test(value)
  );
}
