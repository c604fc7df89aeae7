/** What each selector of a trail chooses, so that two requests can be compared: whether all that was chosen still is. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import { flagMember, listOf, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';

/** AWS allows 250 resources and 500 conditions. A hostile log may have more. */
const MOST = 500;
const LONGEST = 256;

export interface Choice {
  /** `Management`, `NetworkActivity`, or a kind of resource whose data events are chosen: `AWS::S3::Object`. */
  readonly of: string;
  readonly kind: 'all' | 'read' | 'write';
  readonly limits: readonly Limit[];
}

/** As a field of an advanced selector has it. */
interface Limit {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export const MANAGEMENT = 'Management';

/** What AWS gives a new trail. */
export const DEFAULT_CHOICES: readonly Choice[] = [{ of: MANAGEMENT, kind: 'all', limits: [] }];

/** Of classic and of advanced selectors; of hostile requests only so much as fits into memory. */
export function choicesOf(request: Json): readonly Choice[] {
  const classic = listOf(memberOf(request, 'eventSelectors')).filter(isObject);
  const advanced = listOf(memberOf(request, 'advancedEventSelectors')).filter(isObject);
  return bounded([
    ...classic.slice(0, MOST).flatMap(classicChoices),
    ...advanced.slice(0, MOST).flatMap(advancedChoices),
  ]);
}

/** Comparing takes time with the number of values. */
function bounded(choices: readonly Choice[]): readonly Choice[] {
  let count = 0;
  return choices.filter(({ limits }) => {
    count += 1 + limits.reduce((sum, { values }) => sum + values.length, 0);
    return count <= 2 * MOST;
  });
}

/** The choices of `before` of which something is not in `now`. A choice may be kept by several: one of reads, one of writes. */
export function lostChoices(before: readonly Choice[], now: readonly Choice[]): readonly Choice[] {
  return before.filter((choice) =>
    pieces(choice).some((piece) => !now.some((other) => covers(other, piece))),
  );
}

function classicChoices(selector: Json): readonly Choice[] {
  const kind = kindOf(textMember(selector, 'readWriteType'));
  const excluded = texts(selector, 'excludeManagementEventSources');
  return [
    ...(flagMember(selector, 'includeManagementEvents') === false
      ? []
      : [{ of: MANAGEMENT, kind, limits: limit('eventSource', 'notEquals', excluded) }]),
    ...listOf(memberOf(selector, 'dataResources')).flatMap((resource): readonly Choice[] => {
      const type = textMember(resource, 'type');
      const values = texts(resource, 'values');
      // AWS logs no event of a kind without values.
      if (type === undefined || values.length === 0) return [];
      const isWhole = values.some((value) => /^arn:[^:]*:[a-z0-9]+:*$/.test(value));
      const limits = isWhole ? [] : limit('resources.ARN', 'startsWith', values);
      return [{ of: shortened(type, LONGEST), kind, limits }];
    }),
  ];
}

function advancedChoices(selector: Json): readonly Choice[] {
  const fields = listOf(memberOf(selector, 'fieldSelectors')).filter(isObject);
  const valuesOf = (name: string): readonly string[] =>
    fields
      .filter((field) => textMember(field, 'field') === name)
      .flatMap((field) => texts(field, 'equals'));
  const category = valuesOf('eventCategory')[0] ?? '';
  const limits = fields.flatMap((field): readonly Limit[] => {
    const name = textMember(field, 'field') ?? '';
    if (['eventCategory', 'readOnly', 'resources.type'].includes(name)) return [];
    return OPERATORS.flatMap((operator) => limit(name, operator, texts(field, operator)));
  });
  const kind = kindOf(valuesOf('readOnly')[0]);
  // Network activity has no kind of resource.
  const isWhole = category === MANAGEMENT || category === 'NetworkActivity';
  const kinds = isWhole ? [category] : valuesOf('resources.type');
  return kinds.map((of) => ({ of, kind, limits }));
}

const OPERATORS = [
  'equals',
  'notEquals',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
] as const;

function limit(
  field: string,
  operator: (typeof OPERATORS)[number],
  values: readonly string[],
): readonly Limit[] {
  return values.length === 0 ? [] : [{ field, operator, values }];
}

/** A choice in parts that no other choice keeps only in part: reads and writes, and each of the values that it is limited to. */
function pieces({ of, kind, limits }: Choice): readonly Choice[] {
  const kinds = kind === 'all' ? (['read', 'write'] as const) : [kind];
  // Of more than one list of values, there may be too many parts.
  const split = limits.find(({ operator, values }) => !isNegative(operator) && values.length > 1);
  const all =
    split === undefined
      ? [limits]
      : split.values.map((value) =>
          limits.map((one) => (one === split ? { ...split, values: [value] } : one)),
        );
  return kinds.flatMap((one) => all.map((own) => ({ of, kind: one, limits: own })));
}

/** Whether every limit of a choice is one of the piece, too. */
function covers(choice: Choice, piece: Choice): boolean {
  return (
    choice.of === piece.of &&
    (choice.kind === 'all' || choice.kind === piece.kind) &&
    choice.limits.every((own) => piece.limits.some((other) => implies(other, own)))
  );
}

/** Whether what passes `narrow` passes `wide`. */
function implies(narrow: Limit, wide: Limit): boolean {
  if (narrow.field !== wide.field) return false;
  if (isNegative(wide.operator))
    return (
      narrow.operator === wide.operator &&
      wide.values.every((value) => narrow.values.includes(value))
    );
  const passes = (value: string): boolean =>
    wide.values.some((own) => {
      if (wide.operator === 'startsWith' && narrow.operator !== 'endsWith')
        return value.startsWith(own);
      if (wide.operator === 'endsWith' && narrow.operator !== 'startsWith')
        return value.endsWith(own);
      return narrow.operator === wide.operator && value === own;
    });
  return !isNegative(narrow.operator) && narrow.values.every(passes);
}

function isNegative(operator: string): boolean {
  return operator.startsWith('not');
}

function kindOf(text: string | undefined): Choice['kind'] {
  if (text === 'ReadOnly' || text === 'true') return 'read';
  return text === 'WriteOnly' || text === 'false' ? 'write' : 'all';
}

function texts(value: Json, name: string): readonly string[] {
  return listOf(memberOf(value, name))
    .slice(0, MOST)
    .flatMap((item) => textOf(item) ?? [])
    .map((text) => shortened(text, LONGEST));
}
