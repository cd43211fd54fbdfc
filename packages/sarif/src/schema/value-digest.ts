/** Two 32-bit hashes side by side: 53 bits of them make the digest. */
interface Lanes {
  high: number;
  low: number;
}

const tags = { null: 1, true: 2, false: 3, number: 4, string: 5, array: 6, object: 7 } as const;

/**
 * A 53-bit digest of a JSON value: equal values (whatever the order of members) have equal digests. Different values
 * may share one, so whoever finds a match compares the values.
 */
export function valueDigest(value: unknown): number {
  const lanes: Lanes = { high: 0x9e3779b9, low: 0x85ebca6b };
  mixValue(value, lanes);
  return (lanes.high >>> 0) * 0x20_0000 + (lanes.low >>> 11);
}

function mixValue(value: unknown, lanes: Lanes): void {
  if (typeof value === 'string') {
    mix(tags.string, lanes);
    mixString(value, lanes);
  } else if (typeof value === 'number') {
    mix(tags.number, lanes);
    mixNumber(value, lanes);
  } else if (typeof value === 'boolean') {
    mix(value ? tags.true : tags.false, lanes);
  } else if (Array.isArray(value)) {
    mix(tags.array, lanes);
    for (const element of value) mixValue(element, lanes);
    mix(value.length, lanes);
  } else if (typeof value === 'object' && value !== null) {
    mix(tags.object, lanes);
    mixMembers(value as Record<string, unknown>, lanes);
  } else {
    mix(tags.null, lanes);
  }
}

/** Each member is digested by itself and the digests are added up, so their order does not matter. */
function mixMembers(object: Record<string, unknown>, lanes: Lanes): void {
  let high = 0;
  let low = 0;
  for (const name of Object.keys(object)) {
    const member: Lanes = { high: 0x27d4eb2f, low: 0x165667b1 };
    mixString(name, member);
    mixValue(object[name], member);
    high = (high + member.high) | 0;
    low = (low + member.low) | 0;
  }
  mix(high, lanes);
  mix(low, lanes);
}

function mixString(text: string, lanes: Lanes): void {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    lanes.high = Math.imul(lanes.high ^ unit, 0x9e3779b1);
    lanes.low = Math.imul(lanes.low ^ unit, 0x5f356495);
  }
  mix(text.length, lanes);
}

function mixNumber(value: number, lanes: Lanes): void {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) mix(value | 0, lanes);
  else mixString(String(value), lanes);
}

function mix(word: number, lanes: Lanes): void {
  lanes.high = Math.imul((lanes.high ^ word) >>> 0, 0x85ebca77);
  lanes.high ^= lanes.high >>> 15;
  lanes.low = Math.imul((lanes.low ^ word) >>> 0, 0xc2b2ae3d);
  lanes.low ^= lanes.low >>> 13;
}
