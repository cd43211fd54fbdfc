import { isObject, type JsonObject } from '../values/json-object.ts';

/** Members of a finding that name a person, often by an e-mail address. */
export const peopleMembers: readonly string[] = ['author', 'assignee', 'assigneeName', 'reporter', 'users', 'authors'];

const personal = new Set([
  'login',
  'user',
  'userName',
  'externalUser',
  'avatar',
  'isUserActive',
  'email',
  'author',
  'assignee',
]);
/** A change of the assignee names people in its values. */
const personalChanges = new Set(['assignee', 'author']);

/** A value such as a comment or an entry of the changelog, without those who wrote it. */
export function withoutPeople(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPeople);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => !personal.has(name) && !isNameOfPerson(value, name));
  // Not a literal or assignment: `__proto__` may be one of the names.
  return Object.fromEntries(members.map(([name, member]) => [name, withoutPeople(member)]));
}

function isNameOfPerson(change: JsonObject, name: string): boolean {
  return (name === 'oldValue' || name === 'newValue') && personalChanges.has(String(change['key']));
}
