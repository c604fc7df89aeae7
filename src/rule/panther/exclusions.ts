/**
 * Reads a list of exclusions, `exclusions.yml`: each has a name and a reason, so that a report can say what it hid, and why. A rule
 * takes a list with `Exclusions`; every entry becomes an exclusion of the rule.
 */
import { HuntError } from '../../errors.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { NamedExclusion } from '../condition/condition.js';
import { readMatchExpression, type Use } from './detection.js';
import { isForRules } from './shared.js';

const KEYS = ['AnalysisType', 'Description', 'Exclusions'];
const LABEL = ['Name', 'Reason'];
const LONGEST_NAME = 80;

/** The exclusions of a list, in its order. Throws a HuntError with line and column on anything unknown. */
export function readExclusions(document: YamlNode, use: Use): readonly NamedExclusion[] {
  const list = new MappingReader(document, KEYS, { what: 'the list of exclusions', code: 'RULE' });
  if (!isForRules(document, 'exclusions'))
    list.fail('AnalysisType must be exclusions', 'AnalysisType');
  const node = list.get('Exclusions') ?? list.fail('the list needs Exclusions');
  if (node.kind !== 'list') return list.fail('Exclusions must be a list', 'Exclusions');
  const names = new Set<string>();
  return node.items.map((item) => {
    const exclusion = readExclusion(item, use);
    const { name, at } = exclusion.label;
    if (names.has(name))
      throw new HuntError('RULE', `an exclusion before has the name "${name}"`, { at });
    names.add(name);
    return exclusion;
  });
}

function readExclusion(item: YamlNode, use: Use): NamedExclusion {
  const entries = item.kind === 'map' ? item.entries : [];
  const what = 'an exclusion';
  const own = new MappingReader(item, [...LABEL, ...entries.map(({ key }) => key)], {
    what,
    code: 'RULE',
  });
  const name = own.required('Name');
  const problem = wrongName(name);
  if (problem !== undefined) own.fail(`${what}: Name ${problem}`, 'Name');
  const reason = own.required('Reason').trim();
  const expression = entries.filter(({ key }) => !LABEL.includes(key));
  const [first] = expression;
  if (first === undefined) return own.fail(`${what} needs a match expression: Calls, KeyPath …`);
  const of = readMatchExpression({ kind: 'map', entries: expression, at: first.at }, use);
  return { kind: 'not', of, label: { name, reason, at: item.at, source: 'rule' } };
}

/** What is wrong with the name of an exclusion, as the end of a sentence: a colon would make it a call in `hunt.yml`. */
export function wrongName(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters`;
  return /^[\w][\w .,'()/+-]*$/.test(name)
    ? undefined
    : `"${name}" has other characters than letters, digits, spaces and . , - _ ' ( ) / +`;
}
