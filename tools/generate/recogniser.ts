import type { ObjectShape, ValueShape } from '../../packages/sarif/src/schema/shape.ts';

/**
 * Writes the recogniser: functions that prove, byte by byte, that a result is as the schema wants it, without building an
 * object. Each gets the index of a value's first byte and gives the index after its last, or -1 when it cannot tell. A value
 * that is right may be refused (an escape in a member name, an exponent in an integer); one that is wrong never passes.
 */
export function recogniserModule(shapes: Readonly<Record<string, ObjectShape>>): string {
  const writer = new RecogniserWriter(shapes);
  writer.need('result', 'result');
  return writer.module();
}

/** Where a value stands decides what is noted of it: `at` is the path of member names from the result, or the type alone. */
type Context = string;

/** Members whose numbers point into arrays of the run that are not followed here: the object is looked at instead. */
const otherIndices = new Set([
  'address.index',
  'address.parentIndex',
  'logicalLocation.index',
  'logicalLocation.parentIndex',
  'threadFlowLocation.index',
  'webRequest.index',
  'webResponse.index',
  'reportingDescriptorReference.index',
  'graphTraversal.runGraphIndex',
  'result.taxa',
  'threadFlowLocation.taxa',
]);

/** What is noted of the members of a result, by the contexts in which they stand. Statements about `p`, the index after the value. */
const notes: Readonly<Record<string, string>> = {
  'result result.ruleId':
    'o[RULE_ID_START] = s + 1; o[RULE_ID_END] = p - 1; if (hasBackslash(s, p)) o[FLAGS] |= OTHER_RULE;',
  'result result.rule': 'o[FLAGS] |= HAS_REFERENCE;',
  'result result.ruleIndex': 'o[RULE_INDEX_START] = s; o[RULE_INDEX_END] = p; o[RULE_INDEX] = iv;',
  'result result.level': 'o[LEVEL] = word + 1;',
  'result result.kind': 'if (word !== 2) o[FLAGS] |= OTHER_KIND;',
  'rule reportingDescriptorReference.index':
    'o[REFERENCE_INDEX_START] = s; o[REFERENCE_INDEX_END] = p; o[REFERENCE_INDEX] = iv;',
  'rule reportingDescriptorReference.id':
    'o[REFERENCE_ID_START] = s + 1; o[REFERENCE_ID_END] = p - 1; if (hasBackslash(s, p)) o[FLAGS] |= OTHER_RULE;',
  'rule reportingDescriptorReference.guid': 'o[FLAGS] |= OTHER_RULE;',
  'toolComponent toolComponentReference.index': 'o[COMPONENT] = iv;',
  'message message.text': 'if (!mayBeBlank(s + 1)) o[FLAGS] |= HAS_TEXT;',
  'message message.arguments': 'o[FLAGS] |= HAS_ARGUMENTS;',
  'message message.id': 'o[FLAGS] |= HAS_ARGUMENTS;',
  'first region.startLine': 'o[FLAGS] |= FIRST_LINE;',
};

/** Integers whose values are noted: larger ones than fit are for the object's checks. */
const notedIndices = new Set([
  'result result.ruleIndex',
  'rule reportingDescriptorReference.index',
  'toolComponent toolComponentReference.index',
]);

/** Contexts that a member opens for the value below it. */
const opened: Readonly<Record<string, Context>> = {
  'result result.rule': 'rule',
  'rule reportingDescriptorReference.toolComponent': 'toolComponent',
  'result result.message': 'message',
  'first location.physicalLocation': 'first',
  'first physicalLocation.artifactLocation': 'first',
  'first physicalLocation.region': 'first',
};

/** SARIF's order of the words of result.kind and result.level in the schema, which the notes above rely on. */
const wordOrder = {
  'result.kind': ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'],
  'result.level': ['none', 'note', 'warning', 'error'],
};

/** What the written functions use of the hand-written ones. */
const imports = [
  ...[
    'b',
    'o',
    'iv',
    'MIN',
    'MAX',
    'MAX_INDEX',
    'clearNotes',
    'space',
    'colon',
    'string',
    'integer',
    'number',
    'boolean',
    'bag',
  ],
  ...['guid', 'dateTime', 'uri', 'baseId', 'site', 'areDistinct', 'hasBackslash', 'mayBeBlank'],
  ...['FLAGS', 'RULE_ID_START', 'RULE_ID_END', 'RULE_INDEX', 'RULE_INDEX_START', 'RULE_INDEX_END', 'LEVEL'],
  ...['REFERENCE_ID_START', 'REFERENCE_ID_END', 'REFERENCE_INDEX', 'REFERENCE_INDEX_START', 'REFERENCE_INDEX_END'],
  ...[
    'COMPONENT',
    'HAS_TEXT',
    'HAS_ARGUMENTS',
    'FIRST_URI',
    'FIRST_LINE',
    'OTHER_INDEX',
    'OTHER_KIND',
    'OTHER_RULE',
    'HAS_REFERENCE',
  ],
];

class RecogniserWriter {
  readonly #shapes: Readonly<Record<string, ObjectShape>>;
  readonly #functions = new Map<string, string>();
  readonly #pending: { type: string; context: Context }[] = [];

  constructor(shapes: Readonly<Record<string, ObjectShape>>) {
    this.#shapes = shapes;
    for (const [at, words] of Object.entries(wordOrder)) {
      const [type = '', member = ''] = at.split('.');
      const shape = shapes[type]?.members[member];
      if (shape?.type !== 'string' || shape.words?.join() !== words.join()) {
        throw new Error(`The words of ${at} have another order than the recogniser's notes rely on.`);
      }
    }
  }

  need(type: string, context: Context): string {
    const name = `object_${type}${context === '' ? '' : `_${context}`}`;
    if (!this.#functions.has(name)) {
      this.#functions.set(name, '');
      this.#pending.push({ type, context });
    }
    return name;
  }

  module(): string {
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const name = this.need(next.type, next.context);
      this.#functions.set(name, this.#objectFunction(name, next.type, next.context));
    }
    return [
      `import { ${imports.join(', ')} } from './primitives.ts';`,
      '',
      '/** Position of the last word in its vocabulary. */',
      'let word = 0;',
      '',
      ...this.#functions.values(),
      '/** Past the result that starts at `p`, or -1. Notes of it are in `o` and `sites`. */',
      'export function result(p) {',
      '  clearNotes();',
      '  return object_result_result(p);',
      '}',
      '',
    ].join('\n');
  }

  #objectFunction(name: string, type: string, context: Context): string {
    const shape = this.#shapes[type] as ObjectShape;
    if (shape.open) return `function ${name}(p) { return bag(p); }\n`;
    const members = Object.entries(shape.members);
    if (members.length > 32) throw new Error(`'${type}' has more members than a word has bits.`);
    const bits = new Map(members.map(([member], bit) => [member, bit]));
    const mask = (names: readonly string[]) =>
      names.reduce((sum, member) => sum | (1 << (bits.get(member) as number)), 0);
    const required = mask(shape.required ?? []);
    const anyOf = mask(shape.anyOf ?? []);
    const oneOf = mask(shape.oneOf ?? []);
    const end = [
      required === 0 ? '' : `if ((seen & ${required}) !== ${required}) return -1;`,
      anyOf === 0 ? '' : `if ((seen & ${anyOf}) === 0) return -1;`,
      oneOf === 0 ? '' : `{ const one = seen & ${oneOf}; if (one === 0 || (one & (one - 1)) !== 0) return -1; }`,
      // Without an index the name or GUID counts, which only the object's lookup knows.
      context === 'toolComponent'
        ? `if ((seen & ${mask(['index'])}) === 0 || o[COMPONENT] < 0) o[FLAGS] |= OTHER_RULE;`
        : '',
      context === 'first' && type === 'artifactLocation'
        ? `if ((seen & ${mask(['uri'])}) !== 0) o[FLAGS] |= FIRST_URI;`
        : '',
    ];
    return `function ${name}(p) {
  if (b[p] !== 0x7b) return -1;
  let seen = 0;
  let s = 0;
  p = p + 1;
  if (b[p] <= 0x20) p = space(p);
  if (b[p] !== 0x7d) for (;;) {
    if (b[p] !== 0x22) return -1;
    switch (b[p + 1]) {
${this.#cases(type, context, members, bits)}
      default: return -1;
    }
    if (p < 0) return -1;
    if (b[p] <= 0x20) p = space(p);
    if (b[p] === 0x2c) {
      p = p + 1;
      if (b[p] <= 0x20) p = space(p);
      continue;
    }
    if (b[p] === 0x7d) break;
    return -1;
  }
  ${end.filter((line) => line !== '').join('\n  ')}
  return p + 1;
}
`;
  }

  #cases(
    type: string,
    context: Context,
    members: readonly (readonly [string, ValueShape])[],
    bits: ReadonlyMap<string, number>,
  ): string {
    const byFirst = new Map<string, (readonly [string, ValueShape])[]>();
    for (const entry of members) {
      const first = entry[0].charAt(0);
      byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
    }
    let cases = '';
    for (const [first, candidates] of byFirst) {
      cases += `      case ${first.charCodeAt(0)}:\n`;
      for (const [index, [member, shape]] of candidates.entries()) {
        const bit = 1 << (bits.get(member) as number);
        cases += `        ${index > 0 ? 'else ' : ''}if (${nameTest(member)}) {
          if ((seen & ${bit}) !== 0) return -1;
          seen |= ${bit};
          s = colon(p + ${member.length + 2});
          if (s < 0) return -1;
          ${this.#value(type, context, member, shape)}
        }\n`;
      }
      cases += '        else return -1;\n        break;\n';
    }
    return cases;
  }

  /** Statements that set `p` to the index after the value at `s`, or to -1. */
  #value(type: string, context: Context, member: string, shape: ValueShape): string {
    const at = `${type}.${member}`;
    const inner = opened[`${context} ${at}`] ?? '';
    if (at === 'artifactLocation.uri') return 'p = uri(s);';
    if (at === 'artifactLocation.uriBaseId') return 'p = baseId(s);';
    if (at === 'artifactLocation.index') return `p = integer(s, ${indexBounds(shape)}); if (p >= 0) p = site(s, p);`;
    if (at === 'result.locations') {
      return `p = ${this.#locationsFunction()}(s);`;
    }
    const note = notes[`${context} ${at}`] ?? (otherIndices.has(at) ? 'o[FLAGS] |= OTHER_INDEX;' : '');
    const accept = notedIndices.has(`${context} ${at}`)
      ? `p = integer(s, ${indexBounds(shape)});`
      : this.#accept(shape, inner, 's');
    return `${accept}${note === '' ? '' : ` if (p >= 0) { ${note} }`}`;
  }

  #accept(shape: ValueShape, context: Context, start: string): string {
    switch (shape.type) {
      case 'string':
        if (shape.words !== undefined)
          return `p = ${this.#words([...shape.words, ...(shape.proseWords ?? [])])}(${start});`;
        if (shape.form === 'guid') return `p = guid(${start});`;
        if (shape.form === 'date-time') return `p = dateTime(${start});`;
        if (shape.form !== undefined || shape.pattern !== undefined) return 'p = -1;';
        return `p = string(${start});`;
      case 'integer':
        return `p = integer(${start}, ${bounds(shape)});`;
      case 'number':
        return `p = number(${start}, ${bounds(shape)});`;
      case 'boolean':
        return `p = boolean(${start});`;
      case 'map':
        return `p = ${this.#mapFunction(shape.values)}(${start});`;
      case 'object':
        return `p = ${this.need(shape.shape, context)}(${start});`;
      case 'array':
        return `p = ${this.#arrayFunction(shape.items, shape.minItems ?? 0, shape.distinct ?? false)}(${start});`;
    }
  }

  #arrayFunction(items: ValueShape, minItems: number, distinct: boolean): string {
    const name = `array_${nameOf(items)}_${minItems}${distinct ? '_distinct' : ''}`;
    if (!this.#functions.has(name)) {
      this.#functions.set(name, '');
      this.#functions.set(
        name,
        `function ${name}(p) {
  if (b[p] !== 0x5b) return -1;
  const start = p;
  let count = 0;
  p = p + 1;
  if (b[p] <= 0x20) p = space(p);
  if (b[p] !== 0x5d) for (;;) {
    ${this.#accept(items, '', 'p')}
    if (p < 0) return -1;
    count += 1;
    if (b[p] <= 0x20) p = space(p);
    if (b[p] === 0x2c) {
      p = p + 1;
      if (b[p] <= 0x20) p = space(p);
      continue;
    }
    if (b[p] === 0x5d) break;
    return -1;
  }
  if (count < ${minItems}) return -1;
  ${distinct ? 'if (count > 1 && !areDistinct(start, count)) return -1;' : ''}
  return p + 1;
}
`,
      );
    }
    return name;
  }

  /** The result's locations: of the first one more is noted than of the others. */
  #locationsFunction(): string {
    const first = this.need('location', 'first');
    const rest = this.need('location', '');
    const name = 'result_locations';
    this.#functions.set(
      name,
      `function ${name}(p) {
  if (b[p] !== 0x5b) return -1;
  p = p + 1;
  if (b[p] <= 0x20) p = space(p);
  if (b[p] === 0x5d) return p + 1;
  p = ${first}(p);
  for (;;) {
    if (p < 0) return -1;
    if (b[p] <= 0x20) p = space(p);
    if (b[p] === 0x5d) return p + 1;
    if (b[p] !== 0x2c) return -1;
    p = p + 1;
    if (b[p] <= 0x20) p = space(p);
    p = ${rest}(p);
  }
}
`,
    );
    return name;
  }

  #mapFunction(values: ValueShape): string {
    const name = `map_${nameOf(values)}`;
    if (!this.#functions.has(name)) {
      this.#functions.set(name, '');
      this.#functions.set(
        name,
        `function ${name}(p) {
  if (b[p] !== 0x7b) return -1;
  p = p + 1;
  if (b[p] <= 0x20) p = space(p);
  if (b[p] !== 0x7d) for (;;) {
    p = string(p);
    if (p < 0) return -1;
    p = colon(p);
    if (p < 0) return -1;
    ${this.#accept(values, '', 'p')}
    if (p < 0) return -1;
    if (b[p] <= 0x20) p = space(p);
    if (b[p] === 0x2c) {
      p = p + 1;
      if (b[p] <= 0x20) p = space(p);
      continue;
    }
    if (b[p] === 0x7d) break;
    return -1;
  }
  return p + 1;
}
`,
      );
    }
    return name;
  }

  #words(words: readonly string[]): string {
    const name = `words_${words.join('_').replace(/[^A-Za-z0-9_]/g, '$')}`.slice(0, 120);
    if (!this.#functions.has(name)) {
      const tests = words.map(
        (word, index) => `  if (${nameTest(word)}) { word = ${index}; return p + ${word.length + 2}; }`,
      );
      this.#functions.set(
        name,
        `function ${name}(p) {\n  if (b[p] !== 0x22) return -1;\n${tests.join('\n')}\n  return -1;\n}\n`,
      );
    }
    return name;
  }
}

/** Whether the string at `p` (its opening quote) is this word. */
function nameTest(word: string): string {
  const tests = [...word].map((letter, index) => `b[p + ${index + 1}] === ${letter.charCodeAt(0)}`);
  return [...tests, `b[p + ${word.length + 1}] === 0x22`].join(' && ');
}

function bounds(shape: ValueShape): string {
  const { minimum, maximum } = shape as { minimum?: number; maximum?: number };
  return `${minimum ?? 'MIN'}, ${maximum ?? 'MAX'}`;
}

function indexBounds(shape: ValueShape): string {
  return `${(shape as { minimum?: number }).minimum ?? 'MIN'}, MAX_INDEX`;
}

function nameOf(shape: ValueShape): string {
  if (shape.type === 'object') return shape.shape;
  if (shape.type === 'array') return `array_${nameOf(shape.items)}`;
  if (shape.type === 'string' && (shape.words ?? shape.form ?? shape.pattern) !== undefined) {
    return shape.words === undefined ? `string_${shape.form ?? 'pattern'}` : `word_${shape.words[0]}`;
  }
  return shape.type;
}
