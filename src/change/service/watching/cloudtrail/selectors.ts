/** Which events the selectors of a trail or event data store choose. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import { flagMember, listOf, memberOf, textMember, textOf } from '../../../request/request.js';
import type { State } from '../../../change.js';
import { listed, shortened } from '../../../sentence.js';
import { stateOf, type Subject } from '../../../request/subject.js';

const MOST_SELECTORS = 100;
const LONGEST = 80;
const NO_MANAGEMENT = 'management events off';
const NARROWED = 'management events only in part';
const NO_DATA = 'data events off';

export interface Selection {
  /** Undefined if no management event is chosen, empty if all are; else which: `only write management events`. */
  readonly management: string | undefined;
  /** The kinds of resources whose data events are chosen, and which of their events, if not all. */
  readonly data: readonly string[];
}

/** What one selector chooses. */
interface Chosen {
  readonly management: { readonly kind: Kind; readonly limits: readonly string[] } | undefined;
  readonly data: readonly string[];
}

type Kind = 'all' | 'read' | 'write';

/** Undefined if the request has no selectors. */
export function selectionOf(request: Json): Selection | undefined {
  const advanced = memberOf(request, 'advancedEventSelectors');
  const classic = memberOf(request, 'eventSelectors');
  if (!Array.isArray(advanced) && !Array.isArray(classic)) return undefined;
  const chosen = [
    ...selectors(classic).map((selector) => classicSelection(selector)),
    ...selectors(advanced).map((selector) => advancedSelection(selector)),
  ];
  return {
    management: managementText(chosen.flatMap(({ management }) => management ?? [])),
    data: [...new Set(chosen.flatMap(({ data }) => data))],
  };
}

/** `all management events; data events of AWS::S3::Object`. */
export function selectionText({ management, data }: Selection): string {
  const events = management === '' ? 'all management events' : (management ?? NO_MANAGEMENT);
  return `${events}; ${data.length === 0 ? 'no data events' : `data events of ${listed(data, ', ', 4)}`}`;
}

/** The states of a trail that it misses management or data events, and the end of those that no longer hold. */
export function selectionStates(
  trail: Subject,
  { management, data }: Selection,
): { readonly begins: readonly State[]; readonly ends: readonly State[] } {
  const begun = [
    ...(management === undefined ? [NO_MANAGEMENT] : management === '' ? [] : [NARROWED]),
    ...(data.length === 0 ? [NO_DATA] : []),
  ];
  const ended = [NO_MANAGEMENT, NARROWED, NO_DATA].filter((what) => !begun.includes(what));
  return {
    begins: begun.map((what) => stateOf(trail, what)),
    ends: ended.map((what) => stateOf(trail, what)),
  };
}

function selectors(list: Json | undefined): readonly Json[] {
  return listOf(list).filter(isObject).slice(0, MOST_SELECTORS);
}

/** Selectors add to each other: one for reads and one for writes choose all. */
function managementText(chosen: readonly NonNullable<Chosen['management']>[]): string | undefined {
  if (chosen.length === 0) return undefined;
  const whole = new Set(chosen.filter(({ limits }) => limits.length === 0).map(({ kind }) => kind));
  if (whole.has('all') || (whole.has('read') && whole.has('write'))) return '';
  const parts = chosen.map(({ kind, limits }) => {
    const word = kind === 'all' ? '' : `${kind} `;
    return `only ${word}management events${limits.length === 0 ? '' : ` ${listed(limits, ' and ', 4)}`}`.replace(
      /^only (?=management events without )/,
      '',
    );
  });
  return listed([...new Set(parts)], ' and ', 3);
}

function classicSelection(selector: Json): Chosen {
  const excluded = texts(selector, 'excludeManagementEventSources');
  const kind = kindOf(textMember(selector, 'readWriteType'));
  return {
    // AWS logs them where the selector does not say.
    management:
      flagMember(selector, 'includeManagementEvents') === false
        ? undefined
        : { kind, limits: excluded.length === 0 ? [] : [`without those of ${names(excluded)}`] },
    data: listOf(memberOf(selector, 'dataResources')).flatMap((resource) => {
      const type = textMember(resource, 'type');
      const values = texts(resource, 'values');
      // A kind without values is listed by AWS, and none of its events are logged.
      if (type === undefined || values.length === 0) return [];
      const isWhole = values.some((value) => /^arn:[^:]*:[a-z0-9]+:*$/.test(value));
      const limits = [
        ...(kind === 'all' ? [] : [`only ${kind}`]),
        ...(isWhole ? [] : [`only ${names(values)}`]),
      ];
      return [limited(type, limits)];
    }),
  };
}

function advancedSelection(selector: Json): Chosen {
  const fields = listOf(memberOf(selector, 'fieldSelectors')).filter(isObject);
  const field = (name: string): Json =>
    fields.find((candidate) => textMember(candidate, 'field') === name) ?? null;
  const kind = kindOf(texts(field('readOnly'), 'equals')[0]);
  const limits = fields.flatMap((candidate) => limitsIn(candidate));
  const category = texts(field('eventCategory'), 'equals')[0];
  // Network activity has no kind of resource.
  const kinds =
    category === 'NetworkActivity' ? [category] : texts(field('resources.type'), 'equals');
  return category === 'Management'
    ? { management: { kind, limits }, data: [] }
    : {
        management: undefined,
        data: kinds.map((type) =>
          limited(type, [...(kind === 'all' ? [] : [`only ${kind}`]), ...limits]),
        ),
      };
}

const OPERATORS = [
  ['equals', 'with', 'of'],
  ['notEquals', 'without', 'without those of'],
  ['startsWith', 'with', 'of'],
  ['notStartsWith', 'without', 'without those of'],
  ['endsWith', 'with', 'of'],
  ['notEndsWith', 'without', 'without those of'],
] as const;

/** What a field of a selector leaves out: which events are hidden matters most. */
function limitsIn(field: Json): readonly string[] {
  const name = textMember(field, 'field') ?? 'unnamed field';
  if (['eventCategory', 'readOnly', 'resources.type'].includes(name)) return [];
  return OPERATORS.flatMap(([operator, word, ofSource]) => {
    const values = texts(field, operator).map((value) =>
      /starts/i.test(operator) ? `${value}*` : /ends/i.test(operator) ? `*${value}` : value,
    );
    if (values.length === 0) return [];
    return name === 'eventSource'
      ? [`${ofSource} ${names(values)}`]
      : [`${word} ${shortened(name)} ${names(values)}`];
  });
}

function limited(type: string, limits: readonly string[]): string {
  return `${shortened(type)}${limits.length === 0 ? '' : ` (${listed(limits, ', ', 3)})`}`;
}

function kindOf(text: string | undefined): Kind {
  if (text === 'ReadOnly' || text === 'true') return 'read';
  return text === 'WriteOnly' || text === 'false' ? 'write' : 'all';
}

function names(list: readonly string[]): string {
  return listed(
    list.map((name) => shortened(name, LONGEST)),
    ', ',
    4,
  );
}

function texts(value: Json, name: string): readonly string[] {
  return listOf(memberOf(value, name)).flatMap((item) => textOf(item) ?? []);
}
