import { nullAccepted, proseRoles } from './accepted-schema.ts';
import { definitionName, type JsonSchema, objectTypesOf } from './json-schema.ts';

/** Where SARIF 2.1.0 with errata 01 describes each object. */
const sections: Readonly<Record<string, string>> = {
  log: '3.13',
  address: '3.32',
  artifact: '3.24',
  artifactChange: '3.56',
  artifactContent: '3.3',
  artifactLocation: '3.4',
  attachment: '3.21',
  codeFlow: '3.36',
  configurationOverride: '3.51',
  conversion: '3.22',
  edge: '3.41',
  edgeTraversal: '3.43',
  exception: '3.59',
  externalProperties: '4.3',
  externalPropertyFileReference: '3.16',
  externalPropertyFileReferences: '3.15',
  fix: '3.55',
  graph: '3.39',
  graphTraversal: '3.42',
  invocation: '3.20',
  location: '3.28',
  locationRelationship: '3.34',
  logicalLocation: '3.33',
  message: '3.11',
  multiformatMessageString: '3.12',
  node: '3.40',
  notification: '3.58',
  physicalLocation: '3.29',
  propertyBag: '3.8',
  rectangle: '3.31',
  region: '3.30',
  replacement: '3.57',
  reportingConfiguration: '3.50',
  reportingDescriptor: '3.49',
  reportingDescriptorReference: '3.52',
  reportingDescriptorRelationship: '3.53',
  result: '3.27',
  resultProvenance: '3.48',
  run: '3.14',
  runAutomationDetails: '3.17',
  specialLocations: '3.25',
  stack: '3.44',
  stackFrame: '3.45',
  suppression: '3.35',
  threadFlow: '3.37',
  threadFlowLocation: '3.38',
  tool: '3.18',
  toolComponent: '3.19',
  toolComponentReference: '3.54',
  translationMetadata: '3.26',
  versionControlDetails: '3.23',
  webRequest: '3.46',
  webResponse: '3.47',
};

/** The names of the closed vocabularies, by the member that uses them. */
const vocabularies: Readonly<Record<string, { name: string; section: string }>> = {
  'log.version': { name: 'SarifVersion', section: '3.13.2' },
  'externalProperties.version': { name: 'SarifVersion', section: '3.13.2' },
  'artifact.roles': { name: 'ArtifactRole', section: '3.24.6' },
  'notification.level': { name: 'Level', section: '3.27.10' },
  'reportingConfiguration.level': { name: 'Level', section: '3.27.10' },
  'result.baselineState': { name: 'BaselineState', section: '3.27.24' },
  'result.kind': { name: 'Kind', section: '3.27.9' },
  'result.level': { name: 'Level', section: '3.27.10' },
  'run.columnKind': { name: 'ColumnKind', section: '3.14.27' },
  'suppression.kind': { name: 'SuppressionKind', section: '3.35.2' },
  'suppression.status': { name: 'SuppressionStatus', section: '3.35.3' },
  'threadFlowLocation.importance': { name: 'Importance', section: '3.38' },
  'toolComponent.contents': { name: 'ToolComponentContent', section: '3.19' },
};

/** The whole SARIF object model as TypeScript, from the schema's facts. Same schema, same text. */
export function typesOf(schema: JsonSchema): string {
  const unions = new Map<string, string>();
  const blocks: string[] = [];
  for (const [type, definition] of objectTypesOf(schema)) {
    blocks.push(type === 'propertyBag' ? propertyBagType() : objectType(type, definition, unions));
  }
  return [
    '// Written by tools/generate/model.ts from the SARIF 2.1.0 schema (errata 01). Do not edit.',
    '',
    [...unions.values()].join('\n'),
    '',
    blocks.join('\n\n'),
    '',
  ].join('\n');
}

function objectType(type: string, definition: JsonSchema, unions: Map<string, string>): string {
  const lines = [`/** SARIF section ${sectionOf(type)}. */`, `export interface ${pascalCase(type)} {`];
  for (const [member, schema] of Object.entries(definition.properties ?? {})) {
    const optional = definition.required?.includes(member) ? '' : '?';
    const orNull = nullAccepted.has(`${type}.${member}`) ? ' | null' : '';
    lines.push(`  ${memberName(member)}${optional}: ${valueType(schema, `${type}.${member}`, unions)}${orNull};`);
  }
  lines.push('}');
  return lines.join('\n');
}

function propertyBagType(): string {
  return [
    `/** SARIF section ${sectionOf('propertyBag')}: open to every name. */`,
    'export interface PropertyBag {',
    '  tags?: string[];',
    '  [name: string]: unknown;',
    '}',
  ].join('\n');
}

function valueType(schema: JsonSchema, at: string, unions: Map<string, string>): string {
  if (schema.$ref !== undefined) return pascalCase(definitionName(schema.$ref));
  if (schema.enum !== undefined) return vocabularyType(schema.enum, at, unions);
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== 'null') : schema.type;
  if (type === 'array') return `${valueType(schema.items ?? {}, at, unions)}[]`;
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string' || type === 'boolean') return type;
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return `Record<string, ${valueType(schema.additionalProperties, at, unions)}>`;
  }
  throw new Error(`The schema of '${at}' has a form that this generator does not know. Teach it to valueType.`);
}

function vocabularyType(words: readonly string[], at: string, unions: Map<string, string>): string {
  const vocabulary = vocabularies[at];
  if (vocabulary === undefined) throw new Error(`The words of '${at}' have no type name. Add one to vocabularies.`);
  const accepted = at === 'artifact.roles' ? [...words, ...proseRoles] : words;
  const union = accepted.map((word) => `'${word}'`);
  const oneLine = `export type ${vocabulary.name} = ${union.join(' | ')};`;
  const text = oneLine.length <= 120 ? oneLine : `export type ${vocabulary.name} =\n  | ${union.join('\n  | ')};`;
  unions.set(vocabulary.name, `/** SARIF section ${vocabulary.section}. */\n${text}`);
  return vocabulary.name;
}

function sectionOf(type: string): string {
  const section = sections[type];
  if (section === undefined) throw new Error(`The section that describes '${type}' is not known. Add it to sections.`);
  return section;
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}
