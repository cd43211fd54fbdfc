import type {
  MultiformatMessageString,
  Notification,
  ReportingDescriptor,
  RunHeader,
  ToolComponent,
} from '../model/model.ts';
import { descriptorReferences } from './descriptor-references.ts';
import type { FoundRule } from './rule-lookup.ts';
import { ToolComponents } from './tool-components.ts';

/** Where the strings of a message are looked for (section 3.11.7). */
export interface MessageOwner {
  /** Of the result's rule or of the notification; other messages have none. */
  readonly descriptor: ReportingDescriptor | undefined;
  /** That the descriptor belongs to; the driver for other messages. */
  readonly component: ToolComponent;
}

/** For the `message` of a result. */
export function resultOwner({ descriptor, component }: FoundRule, { tool }: RunHeader): MessageOwner {
  const extension = component === 'driver' ? undefined : tool.extensions?.[component];
  return { descriptor, component: extension ?? tool.driver };
}

/** For the `message` of a notification: its descriptor by position, by GUID, by id. `path` leads to it from the run. */
export function notificationOwner(
  { descriptor }: Notification,
  run: RunHeader,
  path: readonly (string | number)[] = [],
): MessageOwner {
  const references = descriptorReferences(run, path);
  const { components, byIndex, byGuid } = references.find(descriptor ?? {}, 'notifications');
  const component = components[0] ?? run.tool.driver;
  const pointed = byIndex ?? byGuid;
  const id = descriptor?.id;
  if (id === undefined || pointed?.id === id) return { descriptor: pointed, component };
  return { descriptor: descriptorsById(component.notifications ?? none).get(id) ?? pointed, component };
}

/** For every other message: only the driver's global strings. */
export function otherOwner({ tool }: RunHeader): MessageOwner {
  return { descriptor: undefined, component: tool.driver };
}

/** A string that a message's id leads to. */
export interface FoundString {
  readonly string: MultiformatMessageString;
  readonly from: 'descriptor' | 'component' | 'driver';
  readonly language: string;
}

/**
 * The string with this id: of the descriptor, else of its component, else of the driver; `undefined` when there is none.
 *
 * @param language looked for in the run's translations first, unless the run is in it
 */
export function messageString(
  id: string,
  owner: MessageOwner,
  run: RunHeader,
  language?: string,
): FoundString | undefined {
  const translation = language === undefined ? undefined : translationOf(owner.component, run, language);
  if (translation !== undefined) {
    const found = ownString(id, translatedOwner(owner, translation));
    if (found !== undefined) return { ...found, language: translation.language ?? defaultLanguage };
  }
  const found = ownString(id, owner) ?? driverString(id, run);
  return found === undefined ? undefined : { ...found, language: languageOf(run) };
}

/** The language of a run's own strings. */
export function languageOf({ language }: RunHeader): string {
  return language ?? defaultLanguage;
}

/** Whether a text in one language serves a reader of another: the same one, or one of the two without its region. */
export function isSameLanguage(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}

const defaultLanguage = 'en-US';
const none: readonly ReportingDescriptor[] = [];

function ownString(id: string, { descriptor, component }: MessageOwner): Omit<FoundString, 'language'> | undefined {
  const string = own(descriptor?.messageStrings, id);
  if (string !== undefined) return { string, from: 'descriptor' };
  const global = own(component.globalMessageStrings, id);
  return global === undefined ? undefined : { string: global, from: 'component' };
}

function driverString(id: string, { tool }: RunHeader): Omit<FoundString, 'language'> | undefined {
  const string = own(tool.driver.globalMessageStrings, id);
  return string === undefined ? undefined : { string, from: 'driver' };
}

/** The translation of a component: one in just this language rather than in a neighbouring one. */
function translationOf(component: ToolComponent, run: RunHeader, language: string): ToolComponent | undefined {
  const translations = run.translations ?? [];
  if (translations.length === 0 || isSameLanguage(languageOf(run), language)) return undefined;
  const components = new ToolComponents(run.tool);
  const matching = translations.filter(({ language: own = defaultLanguage, associatedComponent }) => {
    const { place } = components.find(associatedComponent);
    return place !== undefined && components.at(place) === component && isSameLanguage(own, language);
  });
  return matching.find((candidate) => candidate.language?.toLowerCase() === language.toLowerCase()) ?? matching[0];
}

/** The descriptor's counterpart in a translation has the same id. */
function translatedOwner({ descriptor, component }: MessageOwner, translation: ToolComponent): MessageOwner {
  if (descriptor === undefined) return { descriptor, component: translation };
  const isNotification = component.notifications?.includes(descriptor) === true;
  const descriptors = (isNotification ? translation.notifications : translation.rules) ?? none;
  return { descriptor: descriptorsById(descriptors).get(descriptor.id), component: translation };
}

const byId = new WeakMap<readonly ReportingDescriptor[], ReadonlyMap<string, ReportingDescriptor>>();

function descriptorsById(descriptors: readonly ReportingDescriptor[]): ReadonlyMap<string, ReportingDescriptor> {
  let table = byId.get(descriptors);
  if (table === undefined) {
    table = new Map(descriptors.toReversed().map((descriptor) => [descriptor.id, descriptor]));
    byId.set(descriptors, table);
  }
  return table;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record != null && Object.hasOwn(record, name) ? record[name] : undefined;
}
