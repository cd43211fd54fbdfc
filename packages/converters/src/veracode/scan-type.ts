import type { ToolComponent } from '@sariflow/sarif';

/** Veracode's kinds of scans. Each has rules of its own, so each is a run of its own. */
export type ScanType = 'STATIC' | 'DYNAMIC' | 'MANUAL' | 'SCA' | 'OTHER';

/** In the order in which their runs are written. */
export const scanTypes: readonly ScanType[] = ['STATIC', 'DYNAMIC', 'MANUAL', 'SCA', 'OTHER'];

const names = {
  STATIC: 'Veracode Static Analysis',
  DYNAMIC: 'Veracode Dynamic Analysis',
  MANUAL: 'Veracode Manual Penetration Testing',
  SCA: 'Veracode Software Composition Analysis',
  OTHER: 'Veracode',
} as const satisfies Record<ScanType, string>;

const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** The scan type that a report names, in any letter case; undefined when it is none of Veracode's. */
export function scanTypeOf(word: string): Exclude<ScanType, 'OTHER'> | undefined {
  const upper = word.toUpperCase();
  return upper === 'STATIC' || upper === 'DYNAMIC' || upper === 'MANUAL' || upper === 'SCA' ? upper : undefined;
}

/** Veracode as `tool.driver`: the product that does this kind of scan. */
export function driverOf(type: ScanType, version?: string): Pick<ToolComponent, 'name'> & Partial<ToolComponent> {
  return {
    name: names[type],
    ...(version !== undefined && version !== '' && { version }),
    ...(version !== undefined && semanticVersion.test(version) && { semanticVersion: version }),
    organization: 'Veracode',
    informationUri: 'https://www.veracode.com',
  };
}

/** `automationDetails.id` of a run: the kind of scan and what was scanned, and nothing that changes from scan to scan. */
export function categoryOf(type: ScanType, scanned: string | undefined): string {
  const name = scanned?.replaceAll('/', '_').trim() ?? '';
  return name === '' ? `veracode/${type.toLowerCase()}/` : `veracode/${type.toLowerCase()}/${name}/`;
}
