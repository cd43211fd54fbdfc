import * as layout from '../../packages/sarif/src/recognise/portable/layout.ts';
import * as machine from '../../packages/sarif/src/recognise/portable/machine.ts';
import * as primitives from '../../packages/sarif/src/recognise/portable/primitives.ts';
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

/** Where a value stands decides what is noted of it: the part that it plays in the result, empty for no part of its own. */
type Context = string;

/** What a function does beside proving the schema's part. */
interface Hooks {
  /** Statements at the start of the object. */
  readonly start?: string;
  /** Statements after the value of a member was proven, which stands from `s` to `p`. The last integer is `iv`, the last word `word`. */
  readonly members?: Readonly<Record<string, string>>;
  /** Statements at the end of the object; `seen` has a bit for each member, named by `$member`. */
  readonly end?: string;
}

const doubt = 'addFlags(DOUBT);';
/** Libraries write all members that there are, with nothing in them. */
const doubtUnlessEmpty = 'if (!isEmpty(s)) addFlags(DOUBT);';
const otherIndex = 'addFlags(DOUBT | OTHER_INDEX);';
const otherIndexUnlessEmpty = 'if (!isEmpty(s)) addFlags(DOUBT | OTHER_INDEX);';
const location: Hooks = {
  start: 'let hasContent = false;',
  members: {
    id: 'locationId(iv);',
    relationships: doubtUnlessEmpty,
    physicalLocation: 'hasContent = true;',
    logicalLocations: 'if (!isEmpty(s)) hasContent = true;',
    message: 'hasContent = true;',
  },
  end: 'if (!hasContent) addFlags(DOUBT);',
};

/** What is noted of objects, by type and context or by type alone. Whatever a rule of the catalogue may object to is put in doubt. */
const hooks: Readonly<Record<string, Hooks>> = {
  'result result': {
    members: {
      ruleId: 'if (!noteRuleId(s, p)) return -1;',
      ruleIndex: 'noteRuleIndex(s, p);',
      rule: 'addFlags(HAS_REFERENCE);',
      level: 'setLevel(word + 1); if (word === 0) addFlags(KIND_DOUBT);',
      kind: 'if (word !== 2) addFlags(KIND_DOUBT | OTHER_TEXT);',
      message: 'noteMessage(s, p);',
      locations: 'noteLocations(s, p);',
      guid: 'addFlags(GUID_DOUBT);',
      properties: 'noteProperties(s, p);',
      baselineState: 'addFlags(word > 2 ? DOUBT : BASELINE_DOUBT);',
      suppressions: 'if (!isEmpty(s)) addFlags(SUPPRESSION_DOUBT);',
      partialFingerprints: 'notePartialFingerprints(s);',
      fingerprints: 'addFlags(FINGERPRINT_DOUBT);',
      workItemUris: 'addFlags(DOUBT | HAS_WORK_ITEMS);',
      hostedViewerUri: doubt,
      graphs: doubtUnlessEmpty,
      graphTraversals: doubtUnlessEmpty,
      fixes: 'if (!isEmpty(s)) addFlags(FIX_DOUBT);',
      taxa: otherIndexUnlessEmpty,
      webRequest: doubt,
      webResponse: doubt,
    },
    end: [
      'addFlags((seen & $level) !== 0 ? HAS_LEVEL : NO_LEVEL);',
      'addFlags((seen & $baselineState) !== 0 ? HAS_BASELINE : NO_BASELINE);',
      'addFlags((seen & $suppressions) !== 0 ? HAS_SUPPRESSIONS : NO_SUPPRESSIONS);',
      'addFlags(fingerprintTrait());',
    ].join('\n  '),
  },
  'reportingDescriptorReference rule': {
    members: {
      id: 'if (!noteReferenceId(s, p)) return -1;',
      index: 'noteReferenceIndex(s, p);',
      guid: doubt,
    },
  },
  'toolComponentReference component': {
    members: {
      index: 'noteComponent();',
      name: 'if (!noteComponentName(s, p)) return -1;',
      guid: doubt,
    },
    end: 'componentDone();',
  },
  'message message': {
    members: {
      text: 'noteText(s, p); messageText(s, p);',
      arguments: 'moreText(s, p);',
      id: 'moreText(s, p);',
      markdown: 'moreText(s, p);',
    },
    end: 'addFlags((seen & $text) !== 0 && (seen & $arguments) === 0 ? PLAIN_TEXT : OTHER_TEXT);',
  },
  message: {
    members: {
      text: 'messageText(s, p);',
      arguments: 'moreText(s, p);',
      id: 'moreText(s, p);',
      markdown: 'moreText(s, p);',
    },
  },
  'location first': location,
  'location other': location,
  location,
  suppression: { members: { guid: doubt } },
  physicalLocation: {
    start: 'let which = 0;',
    members: {
      region: 'if (which === 2) { contextRegion(false); which = 3; } else { keepRegion(); which = 1; }',
      contextRegion: 'if (which === 1) { contextRegion(true); which = 3; } else { keepRegion(); which = 2; }',
      address: doubt,
    },
    end: 'if (which === 2) addFlags(REGION_DOUBT);',
  },
  region: {
    start: 'let has: i32 = 0; let sl: f64 = 0; let sc: f64 = 0; let el: f64 = 0; let ec: f64 = 0; let cl: f64 = 0;',
    members: {
      startLine: 'has = has | HAS_START_LINE; sl = iv;',
      startColumn: 'has = has | HAS_START_COLUMN; sc = iv;',
      endLine: 'has = has | HAS_END_LINE; el = iv;',
      endColumn: 'has = has | HAS_END_COLUMN; ec = iv;',
      charOffset: 'has = has | HAS_CHAR_OFFSET; if (iv < 0) addFlags(DOUBT);',
      charLength: 'has = has | HAS_CHAR_LENGTH; cl = iv;',
      byteOffset: 'has = has | HAS_BYTE_OFFSET; if (iv < 0) addFlags(DOUBT);',
      byteLength: 'has = has | HAS_BYTE_LENGTH;',
      snippet: 'has = has | HAS_SNIPPET;',
    },
    end: 'regionDone(has, sl, sc, el, ec, cl);',
  },
  artifactContent: { members: { text: 'snippetText(s, p);' } },
  artifactLocation: {
    start: 'startPlace(); const place = p; let index: i32 = 0; let indexStart: i32 = 0; let indexEnd: i32 = 0;',
    members: { index: 'index = iv as i32; indexStart = s; indexEnd = p;' },
    end: [
      'const has = ((seen & $uri) !== 0 ? 1 : 0) | ((seen & $uriBaseId) !== 0 ? 2 : 0) | ((seen & $index) !== 0 ? 4 : 0);',
      'if (!artifactLocationDone(has, index, indexStart, indexEnd, place, p + 1, $where)) return -1;',
    ].join('\n  '),
  },
  threadFlow: { start: 'located = 0;', end: 'if (located === 0) addFlags(DOUBT);' },
  threadFlowLocation: {
    members: {
      index: otherIndex,
      taxa: otherIndexUnlessEmpty,
      webRequest: doubt,
      webResponse: doubt,
      location: 'located = 1;',
    },
  },
  logicalLocation: { members: { index: otherIndex, parentIndex: otherIndex } },
  address: { members: { index: otherIndex, parentIndex: otherIndex } },
  webRequest: { members: { index: otherIndex } },
  webResponse: { members: { index: otherIndex } },
  reportingDescriptorReference: { members: { index: otherIndex } },
  graphTraversal: { members: { runGraphIndex: otherIndex } },
  resultProvenance: { members: { invocationIndex: doubt } },
};

/** The contexts whose objects add something to the hooks of their type. */
const additions: Readonly<Record<string, Hooks>> = {
  'physicalLocation first': { end: 'if ((seen & $region) === 0) noteWholeFile();' },
  'physicalLocation other': { end: 'if ((seen & $region) === 0) noteWholeFile();' },
  'artifactLocation first': { end: 'if ((seen & $uri) !== 0) noteFirstUri();' },
  'region first': { end: 'if ((seen & $startLine) !== 0) addFlags(FIRST_LINE);' },
};

/** Indices are noted as numbers of 32 bits: larger ones are for the object's checks. */
const notedIndices = new Set([
  'result.ruleIndex',
  'reportingDescriptorReference.index',
  'toolComponentReference.index',
  'artifactLocation.index',
]);

/** Contexts that a member opens for the value below it. */
const opened: Readonly<Record<string, Context>> = {
  'result result.rule': 'rule',
  'rule reportingDescriptorReference.toolComponent': 'component',
  'result result.message': 'message',
  'first location.physicalLocation': 'first',
  'first physicalLocation.artifactLocation': 'first',
  'first physicalLocation.region': 'first',
  'other location.physicalLocation': 'other',
  'other physicalLocation.artifactLocation': 'other',
  ' physicalLocation.artifactLocation': 'elsewhere',
};

/** What `layout.ts` calls the places of artifact locations, by context: the others are no names of files in places. */
const whereOfContext: Readonly<Record<Context, string>> = {
  first: 'FIRST_LOCATION',
  other: 'OTHER_LOCATION',
  elsewhere: 'LOCATION_ELSEWHERE',
};

/** The order of words in the schema, which the notes above rely on. */
const wordOrder = {
  'result.kind': ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'],
  'result.level': ['none', 'note', 'warning', 'error'],
  'result.baselineState': ['new', 'unchanged', 'updated', 'absent'],
};

/** What the written functions may use of the hand-written ones. */
const imports = {
  './layout.ts': Object.keys(layout),
  './machine.ts': Object.keys(machine),
  './primitives.ts': Object.keys(primitives),
};

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
    this.#functions.set('fingerprints', fingerprintsFunction);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      const name = this.need(next.type, next.context);
      this.#functions.set(name, this.#objectFunction(name, next.type, next.context));
    }
    const body = [...this.#functions.values()].join('\n');
    const used = (name: string) => new RegExp(`\\b${name}\\b`).test(body);
    return [
      ...Object.entries(imports).map(([file, names]) => `import { ${names.filter(used).join(', ')} } from '${file}';`),
      '',
      '/** Position of the last word in its vocabulary. */',
      'let word: i32 = 0;',
      '/** Whether a location of the thread flow names a place. */',
      'let located: i32 = 0;',
      '',
      body,
    ].join('\n');
  }

  #objectFunction(name: string, type: string, context: Context): string {
    const shape = this.#shapes[type] as ObjectShape;
    if (shape.open) return `function ${name}(p: i32): i32 { return bag(p); }\n`;
    const members = Object.entries(shape.members);
    if (members.length > 32) throw new Error(`'${type}' has more members than a word has bits.`);
    const bits = new Map(members.map(([member], bit) => [member, bit]));
    const mask = (names: readonly string[]) =>
      names.reduce((sum, member) => sum | (1 << (bits.get(member) as number)), 0);
    const required = mask(shape.required ?? []);
    const anyOf = mask(shape.anyOf ?? []);
    const oneOf = mask(shape.oneOf ?? []);
    const own = hooks[`${type} ${context}`] ?? hooks[type] ?? {};
    const added = additions[`${type} ${context}`] ?? {};
    const named = (code: string) =>
      code.replace(/\$(\w+)/g, (_, name: string) =>
        name === 'where' ? (whereOfContext[context] ?? '0') : String(mask([name])),
      );
    const end = [
      required === 0 ? '' : `if ((seen & ${required}) !== ${required}) return -1;`,
      anyOf === 0 ? '' : `if ((seen & ${anyOf}) === 0) return -1;`,
      oneOf === 0 ? '' : `{ const one = seen & ${oneOf}; if (one === 0 || (one & (one - 1)) !== 0) return -1; }`,
      named(own.end ?? ''),
      named(added.end ?? ''),
    ];
    return `${name === 'object_result_result' ? '/** Past the result at `p`, or -1. */\nexport ' : ''}function ${name}(p: i32): i32 {
  if (byteAt(p) !== 0x7b) return -1;
  let seen: i32 = 0;
  let s: i32 = 0;
  ${own.start ?? ''}
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) !== 0x7d) for (;;) {
    if (byteAt(p) !== 0x22) return -1;
    switch (byteAt(p + 1)) {
${this.#cases(type, context, members, bits, own.members ?? {})}
      default: return -1;
    }
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x2c) {
      p = p + 1;
      if (byteAt(p) <= 0x20) p = space(p);
      continue;
    }
    if (byteAt(p) === 0x7d) break;
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
    notes: Readonly<Record<string, string>>,
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
          ${this.#value(type, context, member, shape, notes[member] ?? '')}
        }\n`;
      }
      cases += '        else return -1;\n        break;\n';
    }
    return cases;
  }

  /** Statements that set `p` to the index after the value at `s`, or to -1. */
  #value(type: string, context: Context, member: string, shape: ValueShape, note: string): string {
    const at = `${type}.${member}`;
    const inner = opened[`${context} ${at}`] ?? '';
    let accept = this.#accept(shape, inner, 's');
    if (at === 'artifactLocation.uri') accept = 'p = uri(s);';
    else if (at === 'artifactLocation.uriBaseId') accept = 'p = baseId(s);';
    else if (at === 'result.partialFingerprints') accept = 'p = fingerprints(s);';
    else if (at === 'result.locations') accept = `p = ${this.#locationsFunction()}(s);`;
    else if (notedIndices.has(at)) accept = `p = integer(s, ${indexBounds(shape)});`;
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
        return `p = booleanValue(${start});`;
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
        `function ${name}(p: i32): i32 {
  if (byteAt(p) !== 0x5b) return -1;
  const start = p;
  let count = 0;
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) !== 0x5d) for (;;) {
    ${this.#accept(items, '', 'p')}
    if (p < 0) return -1;
    count += 1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x2c) {
      p = p + 1;
      if (byteAt(p) <= 0x20) p = space(p);
      continue;
    }
    if (byteAt(p) === 0x5d) break;
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
    const rest = this.need('location', 'other');
    const name = 'result_locations';
    this.#functions.set(
      name,
      `function ${name}(p: i32): i32 {
  if (byteAt(p) !== 0x5b) return -1;
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) === 0x5d) return p + 1;
  p = ${first}(p);
  for (;;) {
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x5d) return p + 1;
    if (byteAt(p) !== 0x2c) return -1;
    addFlags(SEVERAL_LOCATIONS);
    p = p + 1;
    if (byteAt(p) <= 0x20) p = space(p);
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
        `function ${name}(p: i32): i32 {
  if (byteAt(p) !== 0x7b) return -1;
  const first = openMap();
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) !== 0x7d) for (;;) {
    p = mapName(p, first);
    if (p < 0) return -1;
    p = colon(p);
    if (p < 0) return -1;
    ${this.#accept(values, '', 'p')}
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x2c) {
      p = p + 1;
      if (byteAt(p) <= 0x20) p = space(p);
      continue;
    }
    if (byteAt(p) === 0x7d) break;
    return -1;
  }
  closeMap(first);
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
        `function ${name}(p: i32): i32 {\n  if (byteAt(p) !== 0x22) return -1;\n${tests.join('\n')}\n  return -1;\n}\n`,
      );
    }
    return name;
  }
}

/** Whether the string at `p` (its opening quote) is this word. Four bytes are compared at once, the last ones twice if need be. */
function nameTest(word: string): string {
  const codes = [...word].map((letter) => letter.charCodeAt(0)).concat(0x22);
  const tests: string[] = [];
  let at = 0;
  for (; codes.length - at >= 4; at += 4) tests.push(fourBytes(codes, at));
  if (codes.length - at === 2)
    tests.push(`is2(p + ${at + 1}, ${(codes[at] as number) | ((codes[at + 1] as number) << 8)})`);
  else if (at < codes.length && codes.length >= 4) tests.push(fourBytes(codes, codes.length - 4));
  else for (; at < codes.length; at += 1) tests.push(`byteAt(p + ${at + 1}) === ${codes[at]}`);
  return tests.join(' && ');
}

function fourBytes(codes: readonly number[], at: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = codes.slice(at, at + 4);
  return `is4(p + ${at + 1}, ${a | (b << 8) | (c << 16) | (d << 24)})`;
}

/** The fingerprints of a result: names and values of which rules have something to say. */
const fingerprintsFunction = `function fingerprints(p: i32): i32 {
  if (byteAt(p) !== 0x7b) return -1;
  const first = openMap();
  p = p + 1;
  if (byteAt(p) <= 0x20) p = space(p);
  if (byteAt(p) !== 0x7d) for (;;) {
    const name = p;
    p = mapName(p, first);
    if (p < 0) return -1;
    fingerprintName(name, p);
    p = colon(p);
    if (p < 0) return -1;
    p = fingerprint(p);
    if (p < 0) return -1;
    if (byteAt(p) <= 0x20) p = space(p);
    if (byteAt(p) === 0x2c) {
      p = p + 1;
      if (byteAt(p) <= 0x20) p = space(p);
      continue;
    }
    if (byteAt(p) === 0x7d) break;
    return -1;
  }
  closeMap(first);
  return p + 1;
}
`;

/** The largest safe integer, and the largest index that can be noted. */
const maxInteger = '9007199254740991';
const maxIndex = '2147483647';

function bounds(shape: ValueShape): string {
  const { minimum, maximum } = shape as { minimum?: number; maximum?: number };
  return `${minimum ?? `-${maxInteger}`}, ${maximum ?? maxInteger}`;
}

function indexBounds(shape: ValueShape): string {
  return `${(shape as { minimum?: number }).minimum ?? `-${maxInteger}`}, ${maxIndex}`;
}

function nameOf(shape: ValueShape): string {
  if (shape.type === 'object') return shape.shape;
  if (shape.type === 'array') return `array_${nameOf(shape.items)}`;
  if (shape.type === 'string' && (shape.words ?? shape.form ?? shape.pattern) !== undefined) {
    return shape.words === undefined ? `string_${shape.form ?? 'pattern'}` : `word_${shape.words[0]}`;
  }
  return shape.type;
}
