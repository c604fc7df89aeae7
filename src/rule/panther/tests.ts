/** The tests of a Panther rule: events, and whether the rule must match each. */
import { isObject } from '../../cloudtrail/json.js';
import { HuntError } from '../../errors.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import { jsonOf } from '../../yaml/to-json.js';
import type { RuleTest } from '../rule.js';

/** `Mocks` replaces functions of Python, which no rule here calls. */
const TEST_KEYS = ['Name', 'LogType', 'ExpectedResult', 'Log', 'Mocks'];

/** Reads `Tests`. */
export function readTests(node: YamlNode | undefined): readonly RuleTest[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') throw new HuntError('RULE', 'Tests must be a list', { at: node.at });
  return node.items.map((item) => {
    const test = new MappingReader(item, TEST_KEYS, { what: 'a test', code: 'RULE' });
    const expected = test.required('ExpectedResult').toLowerCase();
    if (expected !== 'true' && expected !== 'false')
      test.fail('ExpectedResult must be true or false');
    const log = test.get('Log');
    const event = log && jsonOf(log);
    if (!isObject(event))
      return test.fail('Log must be an event, as a mapping and not as a text', 'Log');
    return {
      name: test.required('Name'),
      expected: expected === 'true',
      log: event,
      ignored: test.get('Mocks') === undefined ? [] : ['Mocks'],
      at: test.at,
    };
  });
}
