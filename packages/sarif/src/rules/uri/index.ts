import type { Rule } from '../rule.ts';
import { uriReferenceValid } from './v401-uri-reference-valid.ts';
import { noWindowsPath } from './v402-no-windows-path.ts';
import { noDriveAsHost } from './v403-no-drive-as-host.ts';
import { locationNamed } from './v404-location-named.ts';
import { baseWithRelativeUri } from './v405-base-with-relative-uri.ts';
import { noLeadingSlash } from './v406-no-leading-slash.ts';
import { noParentSegment } from './v407-no-parent-segment.ts';
import { baseDeclared } from './v408-base-declared.ts';
import { basesAcyclic } from './v409-bases-acyclic.ts';
import { baseIsFolder } from './v410-base-is-folder.ts';
import { artifactIndexInRange } from './v411-artifact-index-in-range.ts';
import { artifactAgrees } from './v412-artifact-agrees.ts';
import { ownIndex } from './v413-own-index.ts';
import { parentExists } from './v414-parent-exists.ts';
import { cachedObjectAgrees } from './v415-cached-object-agrees.ts';
import { absoluteUri } from './v416-absolute-uri.ts';
import { sarifUriResolves } from './v417-sarif-uri-resolves.ts';
import { noQueryInPath } from './v418-no-query-in-path.ts';
import { portablePath } from './v419-portable-path.ts';
import { oneKindOfPath } from './v420-one-kind-of-path.ts';
import { oneSpelling } from './v421-one-spelling.ts';
import { uriNamesFile } from './v422-uri-names-file.ts';
import { artifactsDistinct } from './v423-artifacts-distinct.ts';

/** Rules about URIs and artifacts, in the order of the catalogue (V401 to V423). */
export const uriRules: readonly Rule[] = [
  uriReferenceValid,
  noWindowsPath,
  noDriveAsHost,
  locationNamed,
  baseWithRelativeUri,
  noLeadingSlash,
  noParentSegment,
  baseDeclared,
  basesAcyclic,
  baseIsFolder,
  artifactIndexInRange,
  artifactAgrees,
  ownIndex,
  parentExists,
  cachedObjectAgrees,
  absoluteUri,
  sarifUriResolves,
  noQueryInPath,
  portablePath,
  oneKindOfPath,
  oneSpelling,
  uriNamesFile,
  artifactsDistinct,
];
