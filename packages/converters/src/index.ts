export { type Conversion, type ConversionSummary, convert } from './convert.ts';
export type { ConversionContext, Converter } from './converter.ts';
export { type Detection, detectFormat } from './detection/detect-format.ts';
export type { FormatId, OtherFormatId, ReportFormatId } from './detection/format-id.ts';
export type { Signature } from './detection/signature.ts';
export { type ConverterRule, type ConverterRuleId, converterRules } from './diagnostics/converter-rules.ts';
export {
  type ConverterPage,
  type Fate,
  type MappingRow,
  type MappingSection,
  renderConverterPage,
} from './documentation/converter-page.ts';
export { renderDiagnosticsPage } from './documentation/diagnostics-page.ts';
export { type LossReportRow, lossReport } from './documentation/loss-report.ts';
export type {
  ConvertOptions,
  PathRule,
  SemgrepOptions,
  SnykOptions,
  VeracodeOptions,
  WritingOptions,
} from './options.ts';
export { answerPageOf } from './pages/answer-page-of.ts';
export type { AnswerPage } from './pages/page-members.ts';
export { pagesOf } from './pages/pages-of.ts';
export type { Rereadable } from './reading/bytes-from.ts';
export { converters } from './registry.ts';
export type { Loss } from './shell/losses.ts';
export { UnknownFormatError } from './unknown-format-error.ts';
export { repairVendorHeader, repairVendorSarif } from './vendor-sarif/repair-vendor-sarif.ts';
export { converterVersion } from './version.ts';
