import { jsonType } from './s201-json-type.ts';
import { explicitNull } from './s202-explicit-null.ts';
import { requiredMember } from './s203-required-member.ts';
import { unknownMember } from './s204-unknown-member.ts';
import { closedVocabulary } from './s205-closed-vocabulary.ts';
import { numberBounds } from './s206-number-bounds.ts';
import { minimumItems } from './s207-minimum-items.ts';
import { distinctItems } from './s208-distinct-items.ts';
import { guidForm } from './s209-guid-form.ts';
import { dateTimeForm } from './s210-date-time-form.ts';
import { languageTag } from './s211-language-tag.ts';
import { messageTextOrId } from './s212-message-text-or-id.ts';
import { physicalLocationPlace } from './s213-physical-location-place.ts';
import { regionStart } from './s214-region-start.ts';
import { tagsArray } from './s215-tags-array.ts';
import { fingerprintString } from './s216-fingerprint-string.ts';
import { proseName } from './s217-prose-name.ts';
import type { StructureRule } from './structure-rule.ts';

/** Every rule about the structure of a log, in the order of the catalogue. */
export const structureRules: readonly StructureRule[] = [
  jsonType,
  explicitNull,
  requiredMember,
  unknownMember,
  closedVocabulary,
  numberBounds,
  minimumItems,
  distinctItems,
  guidForm,
  dateTimeForm,
  languageTag,
  messageTextOrId,
  physicalLocationPlace,
  regionStart,
  tagsArray,
  fingerprintString,
  proseName,
];
