/** Which events the selectors of a trail or event data store choose. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { flagMember, listOf, memberOf, textMember, textOf } from '../request.js';
import { listed, shortened } from '../sentence.js';

const MOST_SELECTORS = 100;

export interface Selection {
  /** Undefined if no management event is chosen, empty if all are; else which: `only write management events`. */
  readonly management: string | undefined;
  /** The kinds of resources whose data events are chosen. */
  readonly data: readonly string[];
}

/** Undefined if the request has no selectors. */
export function selectionOf(request: Json): Selection | undefined {
  const advanced = memberOf(request, 'advancedEventSelectors');
  const classic = memberOf(request, 'eventSelectors');
  if (!Array.isArray(advanced) && !Array.isArray(classic)) return undefined;
  const chosen = [
    ...selectors(classic).map((selector) => classicSelection(selector)),
    ...selectors(advanced).map((selector) => advancedSelection(selector)),
  ];
  const management = chosen.flatMap((selection) => selection.management ?? []);
  return {
    management: management.includes('') ? '' : joined(management),
    data: [...new Set(chosen.flatMap(({ data }) => data))],
  };
}

function selectors(list: Json | undefined): readonly Json[] {
  return listOf(list).filter(isObject).slice(0, MOST_SELECTORS);
}

function joined(parts: readonly string[]): string | undefined {
  return parts.length === 0 ? undefined : listed([...new Set(parts)], ' and ', 3);
}

function classicSelection(selector: Json): Selection {
  const excluded = texts(selector, 'excludeManagementEventSources');
  // A kind without values is listed by AWS, and none of its events are logged.
  const kinds = listOf(memberOf(selector, 'dataResources')).flatMap((resource) =>
    listOf(memberOf(resource, 'values')).length === 0 ? [] : (textMember(resource, 'type') ?? []),
  );
  return {
    // AWS logs them where the selector does not say.
    management:
      flagMember(selector, 'includeManagementEvents') === false
        ? undefined
        : managementText(textMember(selector, 'readWriteType'), excluded),
    data: kinds.map((kind) => shortened(kind)),
  };
}

function advancedSelection(selector: Json): Selection {
  const fields = listOf(memberOf(selector, 'fieldSelectors'));
  const field = (name: string): Json =>
    fields.find((candidate) => textMember(candidate, 'field') === name) ?? null;
  const category = texts(field('eventCategory'), 'equals');
  const readOnly = texts(field('readOnly'), 'equals')[0];
  const kind = readOnly === undefined ? undefined : readOnly === 'true' ? 'ReadOnly' : 'WriteOnly';
  const others = fields.some(
    (candidate) =>
      !['eventCategory', 'readOnly', 'eventSource'].includes(textMember(candidate, 'field') ?? ''),
  );
  const sources = field('eventSource');
  const text = managementText(kind, texts(sources, 'notEquals'), texts(sources, 'equals'));
  return {
    management: category.includes('Management')
      ? text === '' && others
        ? 'management events in part'
        : text
      : undefined,
    data: category.includes('Management')
      ? []
      : texts(field('resources.type'), 'equals').map((type) => shortened(type)),
  };
}

function managementText(
  kind: string | undefined,
  excluded: readonly string[],
  only: readonly string[] = [],
): string {
  const word = kind === 'ReadOnly' ? 'read ' : kind === 'WriteOnly' ? 'write ' : '';
  if (word === '' && excluded.length === 0 && only.length === 0) return '';
  const names = (list: readonly string[]): string =>
    listed(
      list.map((name) => shortened(name)),
      ', ',
      4,
    );
  const of = only.length === 0 ? '' : ` of ${names(only)}`;
  const without = excluded.length === 0 ? '' : ` without those of ${names(excluded)}`;
  return `only ${word}management events${of}${without}`.replace(
    'only management events without',
    'management events without',
  );
}

function texts(value: Json, name: string): readonly string[] {
  return listOf(memberOf(value, name)).flatMap((item) => textOf(item) ?? []);
}
