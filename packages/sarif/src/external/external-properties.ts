/** Arrays of a run that may go on in files, by the name that references have for them, and where they are in the run (section 3.15.3). */
export const externalArrays = {
  addresses: ['addresses'],
  artifacts: ['artifacts'],
  extensions: ['tool', 'extensions'],
  graphs: ['graphs'],
  invocations: ['invocations'],
  logicalLocations: ['logicalLocations'],
  policies: ['policies'],
  results: ['results'],
  taxonomies: ['taxonomies'],
  threadFlowLocations: ['threadFlowLocations'],
  translations: ['translations'],
  webRequests: ['webRequests'],
  webResponses: ['webResponses'],
} as const;

/** The same for objects. */
export const externalObjects = {
  conversion: ['conversion'],
  driver: ['tool', 'driver'],
  externalizedProperties: ['properties'],
} as const;

export type ExternalArrayName = keyof typeof externalArrays;
export type ExternalObjectName = keyof typeof externalObjects;
