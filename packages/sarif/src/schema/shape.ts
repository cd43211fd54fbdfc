/** Strings whose form a function checks: sections 3.9, 3.5.3 and 3.5.1. */
export type StringForm = 'date-time' | 'guid' | 'language';

/** What one value must look like. */
export type ValueShape = StringShape | NumberShape | BooleanShape | ArrayShape | MapShape | ObjectReference;

interface Nullable {
  /** The prose allows `null` here, so it is accepted without a word. */
  readonly nullable?: true;
}

export interface StringShape extends Nullable {
  readonly type: 'string';
  /** The closed vocabulary. */
  readonly words?: readonly string[];
  /** Words that the prose defines and the published schema lacks. */
  readonly proseWords?: readonly string[];
  readonly form?: StringForm;
  /** A regular expression that must match somewhere in the string. */
  readonly pattern?: string;
}

export interface NumberShape extends Nullable {
  readonly type: 'integer' | 'number';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface BooleanShape extends Nullable {
  readonly type: 'boolean';
}

export interface ArrayShape extends Nullable {
  readonly type: 'array';
  readonly items: ValueShape;
  readonly minItems?: number;
  /** No two elements may be equal (section 3.7.3). */
  readonly distinct?: true;
  /** Something else points into the array by position, so no element may move. */
  readonly indexed?: true;
}

/** An object whose member names are free. */
export interface MapShape extends Nullable {
  readonly type: 'map';
  readonly values: ValueShape;
}

export interface ObjectReference extends Nullable {
  readonly type: 'object';
  /** The SARIF name of the object, such as `artifactLocation`. */
  readonly shape: string;
}

/** An object whose members are known by name. */
export interface ObjectShape {
  readonly members: Readonly<Record<string, ValueShape>>;
  readonly required?: readonly string[];
  /** At least one of these members must be there. */
  readonly anyOf?: readonly string[];
  /** Exactly one of these members must be there. */
  readonly oneOf?: readonly string[];
  /** Members by the prose's name, with the published schema's member that they stand for. */
  readonly proseMembers?: Readonly<Record<string, string>>;
  /** Every other member is allowed too: property bags. */
  readonly open?: true;
}
