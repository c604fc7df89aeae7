/** Reads what a rule says about its findings: `AlertTitle`, `AlertContext`, `GroupBy`, `DynamicSeverities`. */
import { locationOf } from '../../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlList, YamlNode } from '../../yaml/parse.js';
import type { Alert } from '../alert.js';
import type { FieldPath } from '../condition/condition.js';
import { unknownField } from '../unknown-field.js';
import { readDetection, type Use } from './detection.js';
import { FIELD_WORDS, parsePlainPath, readField } from './field-path.js';
import { readSeverity } from './severity.js';

export const ALERT_KEYS = ['AlertTitle', 'AlertContext', 'GroupBy', 'DynamicSeverities'] as const;

/** The alert of a rule; undefined if the rule has none of the keys. Throws a HuntError with the position of a mistake. */
export function readAlert(rule: MappingReader, use: Use): Alert | undefined {
  if (ALERT_KEYS.every((key) => rule.get(key) === undefined)) return undefined;
  const title = rule.text('AlertTitle');
  return {
    title: title === undefined ? undefined : readTitle(title, rule),
    context: itemsOf(rule, 'AlertContext').map(readContext),
    groupBy: itemsOf(rule, 'GroupBy').map(readEventField),
    severities: itemsOf(rule, 'DynamicSeverities').map((item) => readDynamicSeverity(item, use)),
  };
}

function readContext(item: YamlNode): Alert['context'][number] {
  const context = new MappingReader(item, ['KeyName', 'KeyValue'], {
    what: 'AlertContext',
    code: 'RULE',
  });
  const value = context.get('KeyValue') ?? context.fail('AlertContext needs KeyValue');
  return { name: context.required('KeyName'), field: readEventField(value) };
}

function readDynamicSeverity(item: YamlNode, use: Use): Alert['severities'][number] {
  const what = 'DynamicSeverities';
  const severity = new MappingReader(item, ['ChangeTo', 'Conditions'], { what, code: 'RULE' });
  severity.required('ChangeTo');
  const conditions = severity.get('Conditions') ?? severity.fail(`${what} needs Conditions`);
  return {
    to: readSeverity(severity, 'ChangeTo'),
    when: readDetection(conditions, 'Conditions', use),
  };
}

function itemsOf(rule: MappingReader, key: string): YamlList['items'] {
  const node = rule.get(key);
  if (node === undefined) return [];
  if (node.kind !== 'list')
    throw new HuntError('RULE', `${key} must be a list${exampleOf(key)}`, { at: node.at });
  return node.items;
}

function exampleOf(key: string): string {
  return key === 'AlertContext'
    ? ': - { KeyName: who, KeyValue: { KeyPath: userIdentity.arn } }'
    : ', with a dash before each item';
}

function readEventField(node: YamlNode): FieldPath {
  if (node.kind === 'scalar')
    throw new HuntError('RULE', `a field must be a mapping: { KeyPath: ${node.text} }`, {
      at: node.at,
    });
  const mapping = new MappingReader(node, FIELD_WORDS, { what: 'a field', code: 'RULE' });
  const [path = [], ...inner] = readField(mapping);
  if (inner.length > 0) mapping.fail('this field cannot be inside a list');
  return checked(path, mapping.at);
}

/** `{a.b}` stands for the value of a field. */
function readTitle(text: string, rule: MappingReader): readonly (string | FieldPath)[] {
  const at = rule.get('AlertTitle')?.at ?? rule.at;
  return text
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== '')
    .map((part) =>
      /^\{.*\}$/.test(part)
        ? checked(parsePlainPath(part.slice(1, -1), rule, 'AlertTitle'), at)
        : part,
    );
}

function checked(path: FieldPath, at: SourcePosition): FieldPath {
  if (locationOf(path) !== undefined) return path;
  throw unknownField(path, at);
}
