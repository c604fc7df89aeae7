/**
 * Reads the comparison of two fields. Panther's form gives both as `Values`; ours gives a field of the match expression and
 * the other as `Value`. `EventKeyPath` names a field of the event where the fields around it are those of an element.
 */
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { ComparedSide, Comparison, Condition, FieldPath } from '../condition/condition.js';
import { isComparison } from '../condition/operators.js';
import { refuseWholeStruct } from '../condition/whole-struct.js';
import type { ConditionWord } from './condition-words.js';
import { FIELD_WORDS, parsePath, readField, withinLists, type Match } from './field-path.js';

const EVENT_FIELD = 'EventKeyPath';

/** A field that is compared with another. */
interface ComparedField {
  /** Its path, cut at each `[]`. */
  readonly paths: readonly FieldPath[];
  /** Whether it is a field of the event, and not of an element. */
  readonly ofEvent: boolean;
}

type ComparedFields = Readonly<Record<ComparedSide, ComparedField>>;

/** The comparison that a match expression means, without the word's negation; undefined if it compares with values. */
export function readComparison(
  match: Match,
  { op, ignoreCase }: ConditionWord,
): Condition | undefined {
  const { mapping, name } = match;
  const [value, values] = [mapping.get('Value'), mapping.get('Values')];
  const isPair = values?.kind === 'list' && values.items.some((item) => item.kind === 'map');
  if (value?.kind !== 'map' && !isPair) return undefined;
  if (!isComparison(op))
    return mapping.fail(
      `${name} cannot compare these: it takes no field. Equals, StartsWith, EndsWith, Contains and the orderings do`,
    );
  const fields = value?.kind === 'map' ? ownAndOther(match, value) : bothFields(match, values);
  return comparison(match, fields, { op, ignoreCase });
}

function ownAndOther(match: Match, value: YamlNode): ComparedFields {
  const { mapping, inElement } = match;
  if (mapping.get('Values') !== undefined) mapping.fail('give Value or Values, not both');
  const left = { paths: readField(mapping, inElement), ofEvent: !inElement };
  return { left, right: readComparedField(value, match) };
}

function bothFields(match: Match, values: YamlNode | undefined): ComparedFields {
  const { mapping, name } = match;
  const [first, second, ...others] = values?.kind === 'list' ? values.items : [];
  if (first === undefined || second === undefined || others.length > 0)
    return mapping.fail(`${name} cannot compare these: give two fields as Values`, 'Values');
  const own = FIELD_WORDS.find((word) => mapping.get(word) !== undefined);
  if (own !== undefined)
    mapping.fail(`give ${own} and one field as Value, or two fields as Values`, own);
  return { left: readComparedField(first, match), right: readComparedField(second, match) };
}

function readComparedField(node: YamlNode, { inElement }: Match): ComparedField {
  const field = new MappingReader(node, [...FIELD_WORDS, EVENT_FIELD], {
    what: 'a field to compare',
    code: 'RULE',
  });
  const eventPath = field.text(EVENT_FIELD);
  if (eventPath === undefined) return { paths: readField(field), ofEvent: !inElement };
  const other = FIELD_WORDS.find((word) => field.get(word) !== undefined);
  if (other !== undefined) field.fail(`give ${other} or ${EVENT_FIELD}, not both`);
  const paths = parsePath(eventPath, field);
  if (inElement && paths.length > 1)
    field.fail(`${EVENT_FIELD} cannot lead through a list: only the path of the element can`);
  return { paths, ofEvent: true };
}

function comparison(
  { mapping, inElement }: Match,
  { left, right }: ComparedFields,
  test: Pick<Comparison, 'op' | 'ignoreCase'>,
): Condition {
  const isListed = ({ paths }: ComparedField): boolean => paths.length > 1;
  if (isListed(left) && isListed(right))
    return mapping.fail('only one of two compared fields can lead through a list');
  if (inElement && left.ofEvent && right.ofEvent)
    return mapping.fail('inside Expressions, compare a field of the element');
  const [listed, other] = isListed(right) ? [right, left] : [left, right];
  if (isListed(listed) && !other.ofEvent)
    return mapping.fail(
      `a field inside a list of the element can be compared with a field of the event only: use ${EVENT_FIELD}`,
    );
  const side: ComparedSide = right.ofEvent && !isListed(right) ? 'right' : 'left';
  const hasElement = inElement || isListed(listed);
  const ofEvent = hasElement && (left.ofEvent || right.ofEvent) ? { ofEvent: side } : {};
  const { at } = mapping;
  for (const { paths, ofEvent: isOfEvent } of [left, right])
    if (isOfEvent) refuseWholeStruct(paths, at, '[]');
  return withinLists(listed.paths, at, (field) => {
    const [plain = []] = other.paths;
    const sides = listed === left ? { left: field, right: plain } : { left: plain, right: field };
    return { kind: 'compare', ...sides, ...test, at, ...ofEvent };
  });
}
