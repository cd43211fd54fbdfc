import type { PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import type { JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { ComponentRun } from './component-run.ts';
import { propertyName } from './property-name.ts';
import { parseScaIssue } from './sca-issue.ts';
import { categoryOf, driverOf } from './scan-type.ts';

const issuesPath = ['_embedded', 'issues'];

/** The run of an answer of the SCA REST API. */
export function openScaIssues(report: JsonReport, root: JsonObject, context: ConversionContext): OpenedRun<unknown> {
  const fields = new Fields(root, report.doubt);
  fields.keepUnknown(new Set(['_embedded', '_links', 'page']));
  const properties: PropertyBag = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses: context.losses });
  const total = fields.nested('page')?.integer('total_elements') ?? 0;
  const held = report.count(issuesPath);
  if (held < total) {
    fields.doubt('SF-K201', 'page', `The answer has ${total} issues on several pages, and ${held} are here.`);
    properties['veracode/truncated'] = true;
  }
  for (const name of ['_links', 'page']) if (root[name] !== undefined) context.losses.drop(name);
  const header: HeaderDraft = {
    driver: driverOf('SCA'),
    executionSuccessful: true,
    run: {
      automationDetails: { id: categoryOf('SCA', undefined) },
      columnKind: 'utf16CodeUnits',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
  const findings = () => report.elements(issuesPath);
  return openedRun(
    new ComponentRun({ findings, parse: parseScaIssue, header: () => header }, context),
    new Notifications(),
  );
}
