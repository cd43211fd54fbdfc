import type { EditableDocument } from './editable-document.ts';

/** What a repair works with. */
export interface RepairContext {
  readonly document: EditableDocument;
  /** The text of a result that says nothing. */
  readonly fallbackText: (result: unknown) => string;
}
