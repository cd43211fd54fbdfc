import { isObject, type JsonObject } from '../upload/json-value.ts';
import type { Fault, FaultKind, FaultPlan, RetryAdvice } from './fault.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isAmount: Check = (value) => typeof value === 'number' && value >= 0 && Number.isFinite(value);
const isStatus: Check = (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 999;
const isSeconds: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const oneOf =
  (...words: string[]): Check =>
  (value) =>
    words.includes(value as string);
const retryForms: readonly RetryAdvice['form'][] = [
  'seconds',
  'http-date',
  'rfc-850-date',
  'rate-limit-reset-epoch',
  'rate-limit-reset-delta',
];
const isRetry: Check = (value) =>
  isObject(value) &&
  (value['form'] === 'value'
    ? isText(value['value'])
    : oneOf(...retryForms)(value['form']) && isSeconds(value['seconds']));
const isHeaders: Check = (value) => isObject(value) && Object.values(value).every(isText);

/** Members of each kind: those with `!` are required. */
const members: Readonly<Record<FaultKind, Readonly<Record<string, Check>>>> = {
  status: { 'status!': isStatus, headers: isHeaders, body: isText, retry: isRetry, early: isFlag, stores: isFlag },
  delay: { 'waitMs!': isAmount },
  reset: {
    'when!': oneOf('before-body', 'mid-body', 'after-body', 'after-store', 'mid-answer'),
    bytes: isAmount,
  },
  drip: { 'part!': oneOf('head', 'body'), 'everyMs!': isAmount, endless: isFlag },
  truncate: {},
  html: { status: isStatus, stores: isFlag },
  endless: { bytes: isAmount, stores: isFlag },
  redirect: { 'location!': isText, status: isStatus, stores: isFlag },
  raw: { 'text!': isText, stores: isFlag },
  disabled: {},
  unlicensed: {},
};

const planMembers: Readonly<Record<string, Check>> = {
  times: isAmount,
  skip: isAmount,
  probability: isAmount,
  seed: isAmount,
  on: oneOf('uploads', 'reads', 'all'),
};

/**
 * Reads an order such as `{"fault": {"kind": "status", "status": 429}, "plan": {"times": 3}}`.
 *
 * @throws TypeError naming the member that is unknown, missing or of the wrong kind
 */
export function parseFaultOrder(value: unknown): { fault: Fault; plan: FaultPlan } {
  if (!isObject(value) || !isObject(value['fault'])) throw new TypeError('Send {"fault": {"kind": …}, "plan": {…}}.');
  const { kind, ...fault } = value['fault'];
  if (typeof kind !== 'string' || !Object.hasOwn(members, kind)) {
    throw new TypeError(`fault.kind must be one of ${Object.keys(members).join(', ')}.`);
  }
  const plan = value['plan'] ?? {};
  if (!isObject(plan)) throw new TypeError('plan must be an object.');
  checkMembers('fault', fault, members[kind as FaultKind]);
  checkMembers('plan', plan, planMembers);
  // Every member was checked against the kind's table, which the type cannot see.
  return { fault: value['fault'] as unknown as Fault, plan };
}

function checkMembers(owner: string, value: JsonObject, checks: Readonly<Record<string, Check>>): void {
  const known = new Map(Object.entries(checks).map(([name, check]) => [name.replace('!', ''), check]));
  for (const [name, member] of Object.entries(value)) {
    const check = known.get(name);
    if (check === undefined) throw new TypeError(`${owner}.${name} is not known here.`);
    if (!check(member)) throw new TypeError(`${owner}.${name} has a value that does not fit.`);
  }
  for (const name of Object.keys(checks)) {
    if (name.endsWith('!') && !Object.hasOwn(value, name.slice(0, -1))) {
      throw new TypeError(`${owner}.${name.slice(0, -1)} is missing.`);
    }
  }
}
