import type { PropertyBag } from '@sariflow/sarif';
import { deepEqual } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import type { LossTally } from '../shell/losses.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import type { SonarDocument } from './documents.ts';
import { keepUnlessEmpty } from './issue.ts';
import { propertyName } from './property-name.ts';

/** Members that are read elsewhere, or say where in a sequence of pages the document stands. */
const readElsewhere = [
  'issues',
  'hotspots',
  'components',
  'rules',
  'rule',
  'paging',
  'total',
  'p',
  'ps',
  'hotspotKeys',
  'sonarBaseURL',
  'serverUrl',
  'version',
  'branch',
  'pullRequest',
  'users',
  'actives',
  'sonarComponent',
  'errors',
];
/** What describes the question rather than the findings, or belongs to all of them. */
const keptMembers = [
  'effortTotal',
  'debtTotal',
  'facets',
  'languages',
  'organizations',
  'projectName',
  'projectKey',
  'applicationName',
  'releaseName',
  'date',
  'pullRequestId',
  'inNewCodePeriod',
  'allBugs',
  'fixMissingRule',
  'noSecurityHotspot',
  'noRulesInReport',
  'onlyDetectedRules',
  'vulnerabilityPhrase',
  'vulnerabilityPluralPhrase',
  'noCoverage',
  'deltaAnalysis',
  'qualityGateStatus',
  'qualityGateStatusPeriodDate',
  'summary',
];
const known = new Set([...readElsewhere, ...keptMembers]);

/** The properties of a run: what its documents say of themselves, each different value once. */
export function runProperties(documents: readonly SonarDocument[], doubt: Doubt, losses: LossTally): PropertyBag {
  const kept = new Map<string, KeptValue[]>();
  for (const { path, members } of documents) {
    const fields = new Fields(members, (ruleId, at, message, value) => doubt(ruleId, [...path, ...at], message, value));
    checkPresence(fields);
    // What has the wrong type would make findings disappear without a word.
    for (const name of ['issues', 'hotspots', 'components', 'hotspotKeys', 'errors']) fields.list(name);
    for (const name of ['version', 'sonarBaseURL', 'serverUrl', 'branch']) fields.text(name);
    fields.integer('total');
    fields.nested('paging')?.integer('total');
    const { rules } = members;
    if (rules !== undefined && typeof rules !== 'object') fields.doubtValue(['rules'], rules, 'an array or an object');
    fields.keepUnknown(known);
    for (const name of keptMembers) keepUnlessEmpty(fields, name);
    for (const value of fields.kept) {
      const same = kept.get(value.field);
      if (same === undefined) kept.set(value.field, [value]);
      else if (same.length < mostValues && !same.some((other) => deepEqual(other.value, value.value))) same.push(value);
    }
    for (const name of ['users', 'actives']) {
      const value = members[name];
      if (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null) losses.drop(name);
    }
  }
  const bag: PropertyBag = {};
  for (const values of kept.values()) keepInProperties(bag, values, { nameOf: propertyName, losses });
  return bag;
}

/** Says when a document has no list of findings, nor anything else that it could be about. */
function checkPresence(fields: Fields): void {
  const { issues, hotspots, rules, rule, errors } = fields.object;
  for (const name of ['issues', 'hotspots']) {
    if (fields.object[name] === null) fields.doubt('SF-K103', name, `"${name}" is null; no finding is read from it.`);
  }
  if ([issues, hotspots, rules, rule, errors].some((member) => member !== undefined)) return;
  fields.doubt(
    'SF-K103',
    undefined,
    'The document has neither "issues" nor "hotspots", so no finding is read from it.',
  );
}

/** Pages that differ in more than this in one member are said to by these. */
const mostValues = 20;
