import type { Rule } from '../rule.ts';
import { schemaNamed } from './v001-schema-named.ts';
import { schemaCurrent } from './v002-schema-current.ts';
import { versionCurrent } from './v003-version-current.ts';
import { runsPresent } from './v004-runs-present.ts';
import { resultsPresent } from './v005-results-present.ts';
import { toolNamed } from './v006-tool-named.ts';
import { toolVersion } from './v007-tool-version.ts';
import { guidsUnique } from './v008-guids-unique.ts';
import { categoriesDistinct } from './v009-categories-distinct.ts';
import { scanSucceeded } from './v010-scan-succeeded.ts';
import { timesOrdered } from './v011-times-ordered.ts';
import { exitConsistent } from './v012-exit-consistent.ts';
import { taxonomyHasTaxa } from './v013-taxonomy-has-taxa.ts';
import { converterNamed } from './v014-converter-named.ts';
import { columnKindStated } from './v015-column-kind-stated.ts';
import { baselineUsed } from './v016-baseline-used.ts';
import { versionControlStated } from './v017-version-control-stated.ts';
import { noSensitiveData } from './v018-no-sensitive-data.ts';

/** Rules about a log, its runs and their tools, in the order of the catalogue (V001 to V018). */
export const logRules: readonly Rule[] = [
  schemaNamed,
  schemaCurrent,
  versionCurrent,
  runsPresent,
  resultsPresent,
  toolNamed,
  toolVersion,
  guidsUnique,
  categoriesDistinct,
  scanSucceeded,
  timesOrdered,
  exitConsistent,
  taxonomyHasTaxa,
  converterNamed,
  columnKindStated,
  baselineUsed,
  versionControlStated,
  noSensitiveData,
];
