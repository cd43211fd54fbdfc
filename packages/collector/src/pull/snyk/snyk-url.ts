/** Where Snyk's API is for those who name no region. */
export const defaultSnykUrl = 'https://api.snyk.io';
