// Written by tools/generate/model.ts from the SARIF 2.1.0 schema (errata 01). Do not edit.

/** SARIF section 3.13.2. */
export type SarifVersion = '2.1.0';
/** SARIF section 3.24.6. */
export type ArtifactRole =
  | 'analysisTarget'
  | 'attachment'
  | 'responseFile'
  | 'resultFile'
  | 'standardStream'
  | 'tracedFile'
  | 'unmodified'
  | 'modified'
  | 'added'
  | 'deleted'
  | 'renamed'
  | 'uncontrolled'
  | 'driver'
  | 'extension'
  | 'translation'
  | 'taxonomy'
  | 'policy'
  | 'referencedOnCommandLine'
  | 'memoryContents'
  | 'directory'
  | 'userSpecifiedConfiguration'
  | 'toolSpecifiedConfiguration'
  | 'debugOutputFile'
  | 'conversionSource'
  | 'externalPropertyFile';
/** SARIF section 3.27.10. */
export type Level = 'none' | 'note' | 'warning' | 'error';
/** SARIF section 3.27.9. */
export type Kind = 'notApplicable' | 'pass' | 'fail' | 'review' | 'open' | 'informational';
/** SARIF section 3.27.24. */
export type BaselineState = 'new' | 'unchanged' | 'updated' | 'absent';
/** SARIF section 3.14.27. */
export type ColumnKind = 'utf16CodeUnits' | 'unicodeCodePoints';
/** SARIF section 3.35.2. */
export type SuppressionKind = 'inSource' | 'external';
/** SARIF section 3.35.3. */
export type SuppressionStatus = 'accepted' | 'underReview' | 'rejected';
/** SARIF section 3.38. */
export type Importance = 'important' | 'essential' | 'unimportant';
/** SARIF section 3.19. */
export type ToolComponentContent = 'localizedData' | 'nonLocalizedData';

/** SARIF section 3.13. */
export interface Log {
  $schema?: string;
  version: SarifVersion;
  runs: Run[] | null;
  inlineExternalProperties?: ExternalProperties[];
  properties?: PropertyBag;
}

/** SARIF section 3.32. */
export interface Address {
  absoluteAddress?: number;
  relativeAddress?: number | null;
  length?: number | null;
  kind?: string;
  name?: string;
  fullyQualifiedName?: string;
  offsetFromParent?: number | null;
  index?: number;
  parentIndex?: number;
  properties?: PropertyBag;
}

/** SARIF section 3.24. */
export interface Artifact {
  description?: Message;
  location?: ArtifactLocation;
  parentIndex?: number;
  offset?: number;
  length?: number;
  roles?: ArtifactRole[];
  mimeType?: string;
  contents?: ArtifactContent;
  encoding?: string;
  sourceLanguage?: string;
  hashes?: Record<string, string>;
  lastModifiedTimeUtc?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.56. */
export interface ArtifactChange {
  artifactLocation: ArtifactLocation;
  replacements: Replacement[];
  properties?: PropertyBag;
}

/** SARIF section 3.3. */
export interface ArtifactContent {
  text?: string;
  binary?: string;
  rendered?: MultiformatMessageString;
  properties?: PropertyBag;
}

/** SARIF section 3.4. */
export interface ArtifactLocation {
  uri?: string;
  uriBaseId?: string;
  index?: number;
  description?: Message;
  properties?: PropertyBag;
}

/** SARIF section 3.21. */
export interface Attachment {
  description?: Message;
  artifactLocation: ArtifactLocation;
  regions?: Region[];
  rectangles?: Rectangle[];
  properties?: PropertyBag;
}

/** SARIF section 3.36. */
export interface CodeFlow {
  message?: Message;
  threadFlows: ThreadFlow[];
  properties?: PropertyBag;
}

/** SARIF section 3.51. */
export interface ConfigurationOverride {
  configuration: ReportingConfiguration;
  descriptor: ReportingDescriptorReference;
  properties?: PropertyBag;
}

/** SARIF section 3.22. */
export interface Conversion {
  tool: Tool;
  invocation?: Invocation;
  analysisToolLogFiles?: ArtifactLocation[];
  properties?: PropertyBag;
}

/** SARIF section 3.41. */
export interface Edge {
  id: string;
  label?: Message;
  sourceNodeId: string;
  targetNodeId: string;
  properties?: PropertyBag;
}

/** SARIF section 3.43. */
export interface EdgeTraversal {
  edgeId: string;
  message?: Message;
  finalState?: Record<string, MultiformatMessageString>;
  stepOverEdgeCount?: number;
  properties?: PropertyBag;
}

/** SARIF section 3.59. */
export interface Exception {
  kind?: string;
  message?: string;
  stack?: Stack;
  innerExceptions?: Exception[];
  properties?: PropertyBag;
}

/** SARIF section 4.3. */
export interface ExternalProperties {
  schema?: string;
  version?: SarifVersion;
  guid?: string;
  runGuid?: string;
  conversion?: Conversion;
  graphs?: Graph[];
  externalizedProperties?: PropertyBag;
  artifacts?: Artifact[];
  invocations?: Invocation[];
  logicalLocations?: LogicalLocation[];
  threadFlowLocations?: ThreadFlowLocation[];
  results?: Result[];
  taxonomies?: ToolComponent[];
  driver?: ToolComponent;
  extensions?: ToolComponent[];
  policies?: ToolComponent[];
  translations?: ToolComponent[];
  addresses?: Address[];
  webRequests?: WebRequest[];
  webResponses?: WebResponse[];
  properties?: PropertyBag;
}

/** SARIF section 3.16. */
export interface ExternalPropertyFileReference {
  location?: ArtifactLocation;
  guid?: string;
  itemCount?: number;
  properties?: PropertyBag;
}

/** SARIF section 3.15. */
export interface ExternalPropertyFileReferences {
  conversion?: ExternalPropertyFileReference;
  graphs?: ExternalPropertyFileReference[];
  externalizedProperties?: ExternalPropertyFileReference;
  artifacts?: ExternalPropertyFileReference[];
  invocations?: ExternalPropertyFileReference[];
  logicalLocations?: ExternalPropertyFileReference[];
  threadFlowLocations?: ExternalPropertyFileReference[];
  results?: ExternalPropertyFileReference[];
  taxonomies?: ExternalPropertyFileReference[];
  addresses?: ExternalPropertyFileReference[];
  driver?: ExternalPropertyFileReference;
  extensions?: ExternalPropertyFileReference[];
  policies?: ExternalPropertyFileReference[];
  translations?: ExternalPropertyFileReference[];
  webRequests?: ExternalPropertyFileReference[];
  webResponses?: ExternalPropertyFileReference[];
  properties?: PropertyBag;
}

/** SARIF section 3.55. */
export interface Fix {
  description?: Message;
  artifactChanges: ArtifactChange[];
  properties?: PropertyBag;
}

/** SARIF section 3.39. */
export interface Graph {
  description?: Message;
  nodes?: Node[];
  edges?: Edge[];
  properties?: PropertyBag;
}

/** SARIF section 3.42. */
export interface GraphTraversal {
  runGraphIndex?: number;
  resultGraphIndex?: number;
  description?: Message;
  initialState?: Record<string, MultiformatMessageString>;
  immutableState?: Record<string, MultiformatMessageString>;
  edgeTraversals?: EdgeTraversal[];
  properties?: PropertyBag;
}

/** SARIF section 3.20. */
export interface Invocation {
  commandLine?: string;
  arguments?: string[] | null;
  responseFiles?: ArtifactLocation[] | null;
  startTimeUtc?: string;
  endTimeUtc?: string;
  exitCode?: number;
  ruleConfigurationOverrides?: ConfigurationOverride[];
  notificationConfigurationOverrides?: ConfigurationOverride[];
  toolExecutionNotifications?: Notification[];
  toolConfigurationNotifications?: Notification[];
  exitCodeDescription?: string;
  exitSignalName?: string;
  exitSignalNumber?: number;
  processStartFailureMessage?: string;
  executionSuccessful: boolean;
  machine?: string;
  account?: string;
  processId?: number;
  executableLocation?: ArtifactLocation;
  workingDirectory?: ArtifactLocation;
  environmentVariables?: Record<string, string>;
  stdin?: ArtifactLocation;
  stdout?: ArtifactLocation;
  stderr?: ArtifactLocation;
  stdoutStderr?: ArtifactLocation;
  properties?: PropertyBag;
}

/** SARIF section 3.28. */
export interface Location {
  id?: number;
  physicalLocation?: PhysicalLocation;
  logicalLocations?: LogicalLocation[];
  message?: Message;
  annotations?: Region[];
  relationships?: LocationRelationship[];
  properties?: PropertyBag;
}

/** SARIF section 3.34. */
export interface LocationRelationship {
  target: number;
  kinds?: string[];
  description?: Message;
  properties?: PropertyBag;
}

/** SARIF section 3.33. */
export interface LogicalLocation {
  name?: string;
  index?: number;
  fullyQualifiedName?: string;
  decoratedName?: string;
  parentIndex?: number;
  kind?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.11. */
export interface Message {
  text?: string;
  markdown?: string;
  id?: string;
  arguments?: string[];
  properties?: PropertyBag;
}

/** SARIF section 3.12. */
export interface MultiformatMessageString {
  text: string;
  markdown?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.40. */
export interface Node {
  id: string;
  label?: Message;
  location?: Location;
  children?: Node[];
  properties?: PropertyBag;
}

/** SARIF section 3.58. */
export interface Notification {
  locations?: Location[];
  message: Message;
  level?: Level;
  threadId?: number;
  timeUtc?: string;
  exception?: Exception;
  descriptor?: ReportingDescriptorReference;
  associatedRule?: ReportingDescriptorReference;
  properties?: PropertyBag;
}

/** SARIF section 3.29. */
export interface PhysicalLocation {
  address?: Address;
  artifactLocation?: ArtifactLocation;
  region?: Region;
  contextRegion?: Region;
  properties?: PropertyBag;
}

/** SARIF section 3.8: open to every name. */
export interface PropertyBag {
  tags?: string[];
  [name: string]: unknown;
}

/** SARIF section 3.31. */
export interface Rectangle {
  top?: number;
  left?: number;
  bottom?: number;
  right?: number;
  message?: Message;
  properties?: PropertyBag;
}

/** SARIF section 3.30. */
export interface Region {
  startLine?: number;
  startColumn?: number;
  endLine?: number;
  endColumn?: number;
  charOffset?: number;
  charLength?: number;
  byteOffset?: number;
  byteLength?: number;
  snippet?: ArtifactContent;
  message?: Message;
  sourceLanguage?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.57. */
export interface Replacement {
  deletedRegion: Region;
  insertedContent?: ArtifactContent;
  properties?: PropertyBag;
}

/** SARIF section 3.49. */
export interface ReportingDescriptor {
  id: string;
  deprecatedIds?: string[];
  guid?: string;
  deprecatedGuids?: string[];
  name?: string;
  deprecatedNames?: string[];
  shortDescription?: MultiformatMessageString;
  fullDescription?: MultiformatMessageString;
  messageStrings?: Record<string, MultiformatMessageString>;
  defaultConfiguration?: ReportingConfiguration;
  helpUri?: string;
  help?: MultiformatMessageString;
  relationships?: ReportingDescriptorRelationship[];
  properties?: PropertyBag;
}

/** SARIF section 3.50. */
export interface ReportingConfiguration {
  enabled?: boolean;
  level?: Level;
  rank?: number;
  parameters?: PropertyBag;
  properties?: PropertyBag;
}

/** SARIF section 3.52. */
export interface ReportingDescriptorReference {
  id?: string;
  index?: number;
  guid?: string;
  toolComponent?: ToolComponentReference;
  properties?: PropertyBag;
}

/** SARIF section 3.53. */
export interface ReportingDescriptorRelationship {
  target: ReportingDescriptorReference;
  kinds?: string[];
  description?: Message;
  properties?: PropertyBag;
}

/** SARIF section 3.27. */
export interface Result {
  ruleId?: string;
  ruleIndex?: number;
  rule?: ReportingDescriptorReference;
  kind?: Kind;
  level?: Level;
  message: Message;
  analysisTarget?: ArtifactLocation;
  locations?: Location[];
  guid?: string;
  correlationGuid?: string;
  occurrenceCount?: number;
  partialFingerprints?: Record<string, string>;
  fingerprints?: Record<string, string>;
  stacks?: Stack[];
  codeFlows?: CodeFlow[];
  graphs?: Graph[];
  graphTraversals?: GraphTraversal[];
  relatedLocations?: Location[];
  suppressions?: Suppression[] | null;
  baselineState?: BaselineState;
  rank?: number;
  attachments?: Attachment[];
  hostedViewerUri?: string;
  workItemUris?: string[] | null;
  provenance?: ResultProvenance;
  fixes?: Fix[];
  taxa?: ReportingDescriptorReference[];
  webRequest?: WebRequest;
  webResponse?: WebResponse;
  properties?: PropertyBag;
}

/** SARIF section 3.48. */
export interface ResultProvenance {
  firstDetectionTimeUtc?: string;
  lastDetectionTimeUtc?: string;
  firstDetectionRunGuid?: string;
  lastDetectionRunGuid?: string;
  invocationIndex?: number;
  conversionSources?: PhysicalLocation[];
  properties?: PropertyBag;
}

/** SARIF section 3.14. */
export interface Run {
  tool: Tool;
  invocations?: Invocation[];
  conversion?: Conversion;
  language?: string;
  versionControlProvenance?: VersionControlDetails[];
  originalUriBaseIds?: Record<string, ArtifactLocation>;
  artifacts?: Artifact[];
  logicalLocations?: LogicalLocation[];
  graphs?: Graph[];
  results?: Result[] | null;
  automationDetails?: RunAutomationDetails;
  runAggregates?: RunAutomationDetails[];
  baselineGuid?: string;
  redactionTokens?: string[];
  defaultEncoding?: string;
  defaultSourceLanguage?: string;
  newlineSequences?: string[];
  columnKind?: ColumnKind;
  externalPropertyFileReferences?: ExternalPropertyFileReferences;
  threadFlowLocations?: ThreadFlowLocation[];
  taxonomies?: ToolComponent[];
  addresses?: Address[];
  translations?: ToolComponent[];
  policies?: ToolComponent[];
  webRequests?: WebRequest[];
  webResponses?: WebResponse[];
  specialLocations?: SpecialLocations;
  properties?: PropertyBag;
}

/** SARIF section 3.17. */
export interface RunAutomationDetails {
  description?: Message;
  id?: string;
  guid?: string;
  correlationGuid?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.25. */
export interface SpecialLocations {
  displayBase?: ArtifactLocation;
  properties?: PropertyBag;
}

/** SARIF section 3.44. */
export interface Stack {
  message?: Message;
  frames: StackFrame[];
  properties?: PropertyBag;
}

/** SARIF section 3.45. */
export interface StackFrame {
  location?: Location;
  module?: string;
  threadId?: number;
  parameters?: string[];
  properties?: PropertyBag;
}

/** SARIF section 3.35. */
export interface Suppression {
  guid?: string;
  kind: SuppressionKind;
  status?: SuppressionStatus;
  justification?: string;
  location?: Location;
  properties?: PropertyBag;
}

/** SARIF section 3.37. */
export interface ThreadFlow {
  id?: string;
  message?: Message;
  initialState?: Record<string, MultiformatMessageString>;
  immutableState?: Record<string, MultiformatMessageString>;
  locations: ThreadFlowLocation[];
  properties?: PropertyBag;
}

/** SARIF section 3.38. */
export interface ThreadFlowLocation {
  index?: number;
  location?: Location;
  stack?: Stack;
  kinds?: string[];
  taxa?: ReportingDescriptorReference[];
  module?: string;
  state?: Record<string, MultiformatMessageString>;
  nestingLevel?: number;
  executionOrder?: number;
  executionTimeUtc?: string;
  importance?: Importance;
  webRequest?: WebRequest;
  webResponse?: WebResponse;
  properties?: PropertyBag;
}

/** SARIF section 3.18. */
export interface Tool {
  driver: ToolComponent;
  extensions?: ToolComponent[];
  properties?: PropertyBag;
}

/** SARIF section 3.19. */
export interface ToolComponent {
  guid?: string;
  name: string;
  organization?: string;
  product?: string;
  productSuite?: string;
  shortDescription?: MultiformatMessageString;
  fullDescription?: MultiformatMessageString;
  fullName?: string;
  version?: string;
  semanticVersion?: string;
  dottedQuadFileVersion?: string;
  releaseDateUtc?: string;
  downloadUri?: string;
  informationUri?: string;
  globalMessageStrings?: Record<string, MultiformatMessageString>;
  notifications?: ReportingDescriptor[];
  rules?: ReportingDescriptor[];
  taxa?: ReportingDescriptor[];
  locations?: ArtifactLocation[];
  language?: string;
  contents?: ToolComponentContent[];
  isComprehensive?: boolean;
  localizedDataSemanticVersion?: string;
  minimumRequiredLocalizedDataSemanticVersion?: string;
  associatedComponent?: ToolComponentReference;
  translationMetadata?: TranslationMetadata;
  supportedTaxonomies?: ToolComponentReference[];
  properties?: PropertyBag;
}

/** SARIF section 3.54. */
export interface ToolComponentReference {
  name?: string;
  index?: number;
  guid?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.26. */
export interface TranslationMetadata {
  name: string;
  fullName?: string;
  shortDescription?: MultiformatMessageString;
  fullDescription?: MultiformatMessageString;
  downloadUri?: string;
  informationUri?: string;
  properties?: PropertyBag;
}

/** SARIF section 3.23. */
export interface VersionControlDetails {
  repositoryUri: string;
  revisionId?: string;
  branch?: string;
  revisionTag?: string;
  asOfTimeUtc?: string;
  mappedTo?: ArtifactLocation;
  properties?: PropertyBag;
}

/** SARIF section 3.46. */
export interface WebRequest {
  index?: number;
  protocol?: string;
  version?: string;
  target?: string;
  method?: string;
  headers?: Record<string, string>;
  parameters?: Record<string, string>;
  body?: ArtifactContent;
  properties?: PropertyBag;
}

/** SARIF section 3.47. */
export interface WebResponse {
  index?: number;
  protocol?: string;
  version?: string;
  statusCode?: number;
  reasonPhrase?: string;
  headers?: Record<string, string>;
  body?: ArtifactContent;
  noResponseReceived?: boolean;
  properties?: PropertyBag;
}
