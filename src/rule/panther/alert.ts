/** What a rule says of each finding: `AlertTitle`, `AlertContext`, `GroupBy`, `DynamicSeverities`. */
import { fieldNames, placeOf } from '../../cloudtrail/fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import type { Condition, FieldPath } from '../condition.js';
import { readDetection } from './detection.js';
import { FIELD_WORDS, readField } from './field-path.js';
import { fieldNotation } from '../notation.js';
import { readSeverity, type Severity } from '../severity.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { Words } from '../../yaml/words.js';
import type { YamlList, YamlNode } from '../../yaml/yaml.js';

export interface Alert {
  /** Text, with a field's value for each path. */
  readonly title: readonly (string | FieldPath)[] | undefined;
  readonly context: readonly { readonly name: string; readonly field: FieldPath }[];
  readonly groupBy: readonly FieldPath[];
  /** The first whose condition holds gives the finding's severity. */
  readonly severities: readonly { readonly to: Severity; readonly when: Condition }[];
}

export const ALERT_WORDS = ['AlertTitle', 'AlertContext', 'GroupBy', 'DynamicSeverities'] as const;

/** The alert of a rule; undefined where it has none of the words. Throws HuntErrors with the place. */
export function readAlert(rule: Words): Alert | undefined {
  if (ALERT_WORDS.every((word) => rule.get(word) === undefined)) return undefined;
  const title = rule.text('AlertTitle');
  return {
    title:
      title === undefined ? undefined : readTitle(title, rule.get('AlertTitle')?.at ?? rule.at),
    context: itemsOf(rule, 'AlertContext').map((item) => {
      const words = new Words(item, ['KeyName', 'KeyValue'], 'AlertContext', 'RULE');
      const value = words.get('KeyValue') ?? words.fail('AlertContext needs KeyValue');
      return { name: words.required('KeyName'), field: readOneField(value) };
    }),
    groupBy: itemsOf(rule, 'GroupBy').map(readOneField),
    severities: itemsOf(rule, 'DynamicSeverities').map((item) => {
      const words = new Words(item, ['ChangeTo', 'Conditions'], 'DynamicSeverities', 'RULE');
      const conditions =
        words.get('Conditions') ?? words.fail('DynamicSeverities needs Conditions');
      return {
        to: readSeverity(words.required('ChangeTo'), words, 'ChangeTo'),
        when: readDetection(conditions),
      };
    }),
  };
}

function itemsOf(rule: Words, word: string): YamlList['items'] {
  const node = rule.get(word);
  if (node === undefined) return [];
  if (node.kind !== 'list') throw new HuntError('RULE', `${word} must be a list`, { at: node.at });
  return node.items;
}

function readOneField(node: YamlNode): FieldPath {
  const words = new Words(node, FIELD_WORDS, 'a field', 'RULE');
  const [path = [], ...inner] = readField(words);
  if (inner.length > 0) words.fail('this field cannot be inside a list');
  return checked(path, words.at);
}

function readTitle(text: string, at: SourcePosition): readonly (string | FieldPath)[] {
  return text
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{.*\}$/.test(part) ? checked(part.slice(1, -1).split('.'), at) : part));
}

function checked(path: FieldPath, at: SourcePosition): FieldPath {
  if (placeOf(path) !== undefined) return path;
  const name = fieldNotation(path);
  const near = didYouMean(name, fieldNames());
  throw new HuntError('RULE', `the CloudTrail table has no field ${name}.${near}`, { at });
}
