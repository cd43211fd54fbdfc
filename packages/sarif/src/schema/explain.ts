import type { PathSegment } from '../json/pointer.ts';
import { referenceNamed } from '../rules/external/v901-reference-named.ts';
import { jsonType } from '../rules/structure/s201-json-type.ts';
import { explicitNull } from '../rules/structure/s202-explicit-null.ts';
import { requiredMember } from '../rules/structure/s203-required-member.ts';
import { unknownMember } from '../rules/structure/s204-unknown-member.ts';
import { closedVocabulary } from '../rules/structure/s205-closed-vocabulary.ts';
import { numberBounds } from '../rules/structure/s206-number-bounds.ts';
import { minimumItems } from '../rules/structure/s207-minimum-items.ts';
import { distinctItems } from '../rules/structure/s208-distinct-items.ts';
import { guidForm } from '../rules/structure/s209-guid-form.ts';
import { dateTimeForm } from '../rules/structure/s210-date-time-form.ts';
import { languageTag } from '../rules/structure/s211-language-tag.ts';
import { messageTextOrId } from '../rules/structure/s212-message-text-or-id.ts';
import { physicalLocationPlace } from '../rules/structure/s213-physical-location-place.ts';
import { regionStart } from '../rules/structure/s214-region-start.ts';
import { tagsArray } from '../rules/structure/s215-tags-array.ts';
import { fingerprintString } from '../rules/structure/s216-fingerprint-string.ts';
import { proseName } from '../rules/structure/s217-prose-name.ts';
import { isDateTime } from './date-time.ts';
import type { ReportDefect, SchemaDefect } from './defect.ts';
import { duplicatesIn, hasDistinctItems } from './distinct-items.ts';
import { isGuid } from './guid.ts';
import { hasType } from './has-type.ts';
import { isLanguageTag } from './language-tag.ts';
import { nearestName } from './nearest-name.ts';
import type { ArrayShape, NumberShape, ObjectShape, StringShape, ValueShape } from './shape.ts';
import { shapes } from './shapes.generated.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The member that a value belongs to, also when it is an element or an entry of it. */
interface Place {
  readonly owner: string;
  readonly member: string;
}

const nowhere: Place = { owner: '', member: '' };

/**
 * Says everything that is wrong with the structure of a value, each defect once, whatever else is wrong beside it.
 * `rootName` is `log`, `run` or `result`. Slow compared with the compiled proof, so it is for values that failed it.
 */
export function explain(rootName: string, value: unknown, report: ReportDefect): void {
  createExplainer(report).checkValue(value, { type: 'object', shape: rootName }, nowhere);
}

function createExplainer(report: ReportDefect) {
  const path: PathSegment[] = [];

  type Details = Omit<SchemaDefect, 'path' | 'value' | 'rule' | 'message'>;
  function found(rule: SchemaDefect['rule'], message: string, value: unknown, details: Details = {}): void {
    report({ rule, path: [...path], value, message, ...details });
  }

  function checkValue(value: unknown, shape: ValueShape, at: Place): void {
    if (value === null && shape.nullable === true) {
      if (`${at.owner}.${at.member}` !== 'log.runs')
        found(proseName, proseName.messages.proseNull(path), value, { owner: at.owner });
      return;
    }
    if (!hasType(value, shape)) wrongType(value, shape, at);
    else if (shape.type === 'string') checkString(value as string, shape, at);
    else if (shape.type === 'integer' || shape.type === 'number') checkNumber(value as number, shape, at);
    else if (shape.type === 'array') checkArray(value as unknown[], shape, at);
    else if (shape.type === 'map') checkMap(value as Fields, shape.values, at);
    else if (shape.type === 'object') checkObject(value as Fields, shape.shape);
  }

  function wrongType(value: unknown, shape: ValueShape, at: Place): void {
    const details = { expected: shape, owner: at.owner };
    if (at.owner === 'propertyBag' && at.member === 'tags') {
      found(tagsArray, tagsArray.messages.notTags(path, value), value, details);
    } else if (shape.type === 'string' && isFingerprint(at)) {
      found(fingerprintString, fingerprintString.messages.notString(path, value), value, details);
    } else {
      found(jsonType, jsonType.messages.wrongType(path, value, shape), value, details);
    }
  }

  function checkString(value: string, shape: StringShape, { owner }: Place): void {
    if (shape.words === undefined && shape.pattern === undefined && shape.form === undefined) return;
    const details = { expected: shape, owner };
    if (shape.words !== undefined && !shape.words.includes(value)) {
      if (shape.proseWords?.includes(value))
        found(proseName, proseName.messages.proseWord(path, value), value, details);
      else found(closedVocabulary, closedVocabulary.messages.unknownWord(path, value, shape.words), value, details);
    }
    if (shape.pattern !== undefined && !new RegExp(shape.pattern, 'u').test(value)) {
      found(closedVocabulary, closedVocabulary.messages.wrongForm(path, value, shape.pattern), value, details);
    }
    if (shape.form === 'guid' && !isGuid(value))
      found(guidForm, guidForm.messages.notGuid(path, value), value, details);
    if (shape.form === 'date-time' && !isDateTime(value)) {
      found(dateTimeForm, dateTimeForm.messages.notDateTime(path, value), value, details);
    }
    if (shape.form === 'language' && !isLanguageTag(value)) {
      found(languageTag, languageTag.messages.notLanguage(path, value), value, details);
    }
  }

  function checkNumber(value: number, shape: NumberShape, { owner }: Place): void {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = shape;
    if (value >= minimum && value <= maximum) return;
    found(numberBounds, numberBounds.messages.outside(path, value, shape), value, { expected: shape, owner });
  }

  function checkArray(value: readonly unknown[], shape: ArrayShape, at: Place): void {
    const { minItems = 0 } = shape;
    if (value.length < minItems) {
      const message = minimumItems.messages.tooFew(path, value.length, minItems);
      found(minimumItems, message, value, { expected: shape, owner: at.owner });
    }
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      checkValue(value[index], shape.items, at);
      path.pop();
    }
    if (shape.distinct !== true || hasDistinctItems(value)) return;
    for (const { index, first } of duplicatesIn(value)) {
      path.push(index);
      const message = distinctItems.messages.duplicate(path, first);
      found(distinctItems, message, value[index], { expected: shape, owner: at.owner, firstIndex: first });
      path.pop();
    }
  }

  function checkMap(value: Fields, values: ValueShape, at: Place): void {
    for (const name of Object.keys(value)) {
      path.push(name);
      const entry = value[name];
      if (entry === null) isNull(values, at.owner);
      else if (entry !== undefined) checkValue(entry, values, at);
      path.pop();
    }
  }

  function checkObject(value: Fields, owner: string): void {
    const shape = shapes[owner]!;
    checkPresence(value, shape, owner);
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      path.push(name);
      checkMember(name, member, shape, owner);
      path.pop();
    }
  }

  function checkMember(name: string, value: unknown, shape: ObjectShape, owner: string): void {
    const known = Object.hasOwn(shape.members, name) ? shape.members[name] : proseMember(name, value, shape, owner);
    if (known === undefined) {
      if (shape.open !== true) unknown(name, value, shape, owner);
    } else if (value === null && known.nullable !== true && shape.required?.includes(name) !== true) {
      isNull(known, owner);
    } else {
      checkValue(value, known, { owner, member: name });
    }
  }

  /** The shape of a member that only the prose knows, which is worth a note. */
  function proseMember(name: string, value: unknown, shape: ObjectShape, owner: string): ValueShape | undefined {
    const names = shape.proseMembers;
    const standsFor = names !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
    if (standsFor === undefined) return undefined;
    found(proseName, proseName.messages.proseMember(path, standsFor), value, { owner });
    return shape.members[standsFor];
  }

  function isNull(expected: ValueShape, owner: string): void {
    found(explicitNull, explicitNull.messages.isNull(path), null, { expected, owner });
  }

  function unknown(name: string, value: unknown, shape: ObjectShape, owner: string): void {
    const nearest = nearestName(name, Object.keys(shape.members));
    found(unknownMember, unknownMember.messages.unknown(path, owner, nearest), value, { owner });
  }

  function checkPresence(value: Fields, shape: ObjectShape, owner: string): void {
    const { required, anyOf, oneOf } = shape;
    if (required !== undefined) {
      for (let at = 0; at < required.length; at += 1) {
        const member = required[at] as string;
        if (value[member] !== undefined || hasProseMember(value, member, shape)) continue;
        const message = requiredMember.messages.missing(path, member);
        found(requiredMember, message, value, { memberMissing: member, owner });
      }
    }
    if (anyOf !== undefined && countOf(anyOf, value) === 0) noneThere(value, anyOf, owner);
    if (oneOf === undefined) return;
    const there = countOf(oneOf, value);
    if (there === 0) noneThere(value, oneOf, owner);
    if (there > 1) found(requiredMember, requiredMember.messages.moreThanOne(path, oneOf), value, { owner });
  }

  function noneThere(value: Fields, members: readonly string[], owner: string): void {
    if (owner === 'message') found(messageTextOrId, messageTextOrId.messages.neither(path), value, { owner });
    else if (owner === 'region') found(regionStart, regionStart.messages.none(path), value, { owner });
    else if (owner === 'physicalLocation') {
      found(physicalLocationPlace, physicalLocationPlace.messages.neither(path), value, { owner });
    } else if (owner === 'externalPropertyFileReference') {
      found(referenceNamed, referenceNamed.messages.neither(path), value, { owner });
    } else found(requiredMember, requiredMember.messages.oneOfMissing(path, members), value, { owner });
  }

  return { checkValue };
}

/** How many of these members are there. */
function countOf(members: readonly string[], value: Fields): number {
  let count = 0;
  for (let at = 0; at < members.length; at += 1) {
    const member = value[members[at] as string];
    if (member !== undefined && member !== null) count += 1;
  }
  return count;
}

function hasProseMember(value: Fields, member: string, shape: ObjectShape): boolean {
  if (shape.proseMembers === undefined) return false;
  return Object.entries(shape.proseMembers).some(
    ([name, standsFor]) => standsFor === member && value[name] !== undefined && value[name] !== null,
  );
}

function isFingerprint({ owner, member }: Place): boolean {
  return owner === 'result' && (member === 'fingerprints' || member === 'partialFingerprints');
}
