/** Formats of reports that are, or will be, converted: values of `--from`. */
export type ReportFormatId = 'semgrep' | 'sonarqube' | 'snyk' | 'veracode' | 'jfrog' | 'trivy' | 'checkov';

/** Everything that can be read as findings. */
export type FormatId = 'sarif' | ReportFormatId;

/** What else people feed by mistake, so that it can be called by its name. */
export type OtherFormatId =
  | 'cyclonedx'
  | 'html'
  | 'junit'
  | 'xml'
  | 'csv'
  | 'ndjson'
  | 'gzip'
  | 'zip'
  | 'zstd'
  | 'utf-16'
  | 'empty'
  | 'json'
  | 'text';
