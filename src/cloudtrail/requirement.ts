/**
 * What a record must have so that a rule can match it: a formula over a few members of the record and over texts that must
 * stand in its bytes. A reader evaluates it before it parses the record. It is only necessary and never sufficient, and it
 * has no negation, so that a reader in doubt may take any part of it for true.
 */
import { isAscii } from './field/columns.js';

/**
 * Members at the top of a record by which readers can tell records apart, in the spelling of CloudTrail. Those from `readOnly` on may
 * be no text; readers rely on that order.
 */
export const DISTINGUISHING_FIELDS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'eventType',
  'eventCategory',
  'readOnly',
  'managementEvent',
  'sourceIPAddress',
  'sharedEventID',
] as const;
export type DistinguishingField = (typeof DISTINGUISHING_FIELDS)[number];

export type Requirement =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Requirement[] }
  | RequiredValue
  | AnyText;

/** What must stand somewhere in the record's bytes. */
export type AnyText = RequiredText | RequiredTexts;

/** The member is one of these scalars, as text. */
export interface RequiredValue {
  readonly kind: 'value';
  readonly field: DistinguishingField;
  /** A value without upper-case letters of ASCII matches any case. */
  readonly values: ReadonlySet<string>;
  /** Whether a record without the member, or with null, passes too. */
  readonly missing: boolean;
}

/** The text stands somewhere in the record's bytes. It has no character that JSON escapes. */
export interface RequiredText {
  readonly kind: 'text';
  readonly text: string;
  /** Whether letters of ASCII match in either case; `text` is ASCII in lower case then. */
  readonly ignoreCase: boolean;
}

/** One of many texts stands in the record's bytes. All of them are ASCII, and alike as access keys are. Letters count as they stand. */
export interface RequiredTexts {
  readonly kind: 'texts';
  /** What all of them begin with. */
  readonly prefix: string;
  /** The length of each. */
  readonly length: number;
  readonly texts: ReadonlySet<string>;
}

/** Every record may match. */
export const NOTHING_REQUIRED: Requirement = { kind: 'all', of: [] };
/** No record can match. */
export const IMPOSSIBLE: Requirement = { kind: 'any', of: [] };

/** The member has one of these values; a value without upper-case letters of ASCII matches any case. */
export function valueRequired(
  field: DistinguishingField,
  values: ReadonlySet<string>,
): Requirement {
  return { kind: 'value', field, values, missing: false };
}

/** Whether every record fulfils it. */
export function requiresNothing({ kind, ...rest }: Requirement): boolean {
  return kind === 'all' && 'of' in rest && rest.of.length === 0;
}

function isImpossible({ kind, ...rest }: Requirement): boolean {
  return kind === 'any' && 'of' in rest && rest.of.length === 0;
}

/** All of them, without parts that require nothing. */
export function allOf(parts: readonly Requirement[]): Requirement {
  const flat = unique(parts.flatMap((part) => (part.kind === 'all' ? part.of : [part])));
  if (flat.some(isImpossible)) return IMPOSSIBLE;
  const [only, ...others] = flat;
  return only !== undefined && others.length === 0 ? only : { kind: 'all', of: flat };
}

/** One of them. What all alternatives require is said once, and the values of a member are one set. */
export function anyOf(parts: readonly Requirement[]): Requirement {
  if (parts.some(requiresNothing)) return NOTHING_REQUIRED;
  const flat = unique(parts.flatMap((part) => (part.kind === 'any' ? part.of : [part])));
  const lists = flat.map((part) => (part.kind === 'all' ? part.of : [part]));
  const [first = [], ...others] = lists.map(
    (list) => new Map(list.map((one) => [requirementKey(one), one])),
  );
  const shared = new Map([...first].filter(([key]) => others.every((list) => list.has(key))));
  if (shared.size > 0 && others.length > 0) {
    const rest = lists.map((list) => allOf(list.filter((one) => !shared.has(requirementKey(one)))));
    return allOf([...shared.values(), anyOf(rest)]);
  }
  const merged = withMergedValues(flat);
  const [only] = merged;
  return only !== undefined && merged.length === 1 ? only : { kind: 'any', of: merged };
}

function withMergedValues(parts: readonly Requirement[]): readonly Requirement[] {
  const merged = new Map<DistinguishingField, RequiredValue>();
  for (const part of parts) {
    if (part.kind !== 'value') continue;
    const { field, values, missing } = part;
    const known = merged.get(field);
    merged.set(field, {
      ...part,
      values: new Set([...(known?.values ?? []), ...values]),
      missing: missing || known?.missing === true,
    });
  }
  return [...merged.values(), ...parts.filter(({ kind }) => kind !== 'value')];
}

function unique(parts: readonly Requirement[]): readonly Requirement[] {
  return [...new Map(parts.map((part) => [requirementKey(part), part])).values()];
}

const keys = new WeakMap<Requirement, string>();

/** Equal for equal requirements. */
export function requirementKey(part: Requirement): string {
  const known = keys.get(part);
  if (known !== undefined) return known;
  const key =
    part.kind === 'value'
      ? JSON.stringify([part.field, part.missing, [...part.values].toSorted()])
      : part.kind === 'text'
        ? JSON.stringify([part.ignoreCase, part.text])
        : part.kind === 'texts'
          ? `texts${JSON.stringify([...part.texts].toSorted())}`
          : `${part.kind}(${part.of.map(requirementKey).join()})`;
  keys.set(part, key);
  return key;
}

/** What a reader knows of a record. */
export interface KnownRecord {
  /** The text of a member; null if it is missing. Undefined if the reader cannot tell. */
  readonly valueOf: (field: DistinguishingField) => string | null | undefined;
  /** Whether the text, or one of the texts, may stand in the record. */
  readonly mayHold: (required: AnyText) => boolean;
}

/** False only if the record does not fulfil the requirement. */
export function mayFulfil(required: Requirement, record: KnownRecord): boolean {
  switch (required.kind) {
    case 'all':
      return required.of.every((part) => mayFulfil(part, record));
    case 'any':
      return required.of.some((part) => mayFulfil(part, record));
    case 'value':
      return mayHaveValue(required, record.valueOf(required.field));
    case 'text':
    case 'texts':
      return record.mayHold(required);
    default:
      return required satisfies never;
  }
}

/** Members that are true or false. A record with anything else there may match, so that a rule may ask for what they are not. */
export const BOOLEAN_FIELDS: ReadonlySet<DistinguishingField> = new Set([
  'readOnly',
  'managementEvent',
]);

function mayHaveValue(
  { field, values, missing }: RequiredValue,
  value: string | null | undefined,
): boolean {
  if (value === undefined) return true;
  if (value === null) return missing;
  if (BOOLEAN_FIELDS.has(field) && value !== 'true' && value !== 'false') return true;
  // Only the engine knows which letters beyond ASCII are equal ignoring case.
  return values.has(value) || !isAscii(value) || values.has(value.toLowerCase());
}

/** The values of a member outside which no record fulfils the requirement. Undefined if any value may. */
export function valuesIn(
  required: Requirement,
  field: DistinguishingField,
): ReadonlySet<string> | undefined {
  switch (required.kind) {
    case 'all': {
      const sets = required.of.flatMap((part) => valuesIn(part, field) ?? []);
      return sets.toSorted((a, b) => a.size - b.size)[0];
    }
    case 'any': {
      const sets = required.of.map((part) => valuesIn(part, field));
      const known = sets.filter((set) => set !== undefined);
      return known.length < sets.length ? undefined : new Set(known.flatMap((set) => [...set]));
    }
    case 'value':
      return required.field === field && !required.missing ? required.values : undefined;
    case 'text':
    case 'texts':
      return undefined;
    default:
      return required satisfies never;
  }
}
