/** A rule file in the format of another tool is named by it, instead of by what it lacks to be YAML or a rule. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRules } from '../../../src/rule/catalog/load.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import { emptyFolder } from '../../support/run-hunt.js';

const PYTHON = `from example_helpers import deep_get

def rule(event):
    return event.get("eventName") == "CreateUser"
`;
const TOML = `[metadata]
creation_date = "2026/01/14"

[rule]
name = "Create a user"
query = '''
event.dataset:aws.cloudtrail and event.action:CreateUser
'''
`;
const SPLUNK = `name: AWS Create User
id: 00000000-0000-4000-8000-000000000001
type: TTP
data_source: [AWS CloudTrail CreateUser]
search: 'sourcetype=aws:cloudtrail eventName=CreateUser | stats count by user'
`;
const SENTINEL = `id: 00000000-0000-4000-8000-000000000002
name: Create a user
queryFrequency: 1d
query: |
  AWSCloudTrail
  | where EventName == "CreateUser"
`;
const FALCO = `- rule: Create a user
  condition: ct.name="CreateUser"
  output: A user was created
  source: aws_cloudtrail
`;

const FOREIGN: readonly (readonly [name: string, text: string, what: string])[] = [
  ['x.py', PYTHON, 'Python, which hunt does not run'],
  ['python', PYTHON, 'Python, which hunt does not run'],
  ['x.toml', TOML, "TOML, as Elastic's rules are"],
  ['toml', TOML, "TOML, as Elastic's rules are"],
  ['x.yml', SPLUNK, 'a detection of Splunk'],
  ['y.yml', SENTINEL, 'a rule of Microsoft Sentinel'],
  ['z.yaml', FALCO, 'a rule of Falco'],
  ['x.kql', 'AWSCloudTrail\n| where EventName == "CreateUser"\n', 'a query in KQL'],
  ['x.yaral', 'rule create_user {\n  events:\n}\n', 'a rule of YARA or YARA-L'],
  [
    'x.spl',
    'index=main sourcetype=aws:cloudtrail eventName=CreateUser\n',
    "a search in Splunk's language",
  ],
];

describe('a rule of another tool', () => {
  test.each(FOREIGN)('is named where a person named the file: %s', (name, text, what) => {
    const file = join(emptyFolder(), name);
    writeFileSync(file, text);
    expect(() => loadRules({ names: [file], folders: [] })).toThrow(
      `${file}:1:1: this is ${what}: hunt takes YAML of Sigma or of Panther`,
    );
  });

  test('is counted in a folder', () => {
    const folder = emptyFolder();
    for (const [name, text] of FOREIGN) writeFileSync(join(folder, name), text);
    const { refused, skipped } = loadRules({ names: [], folders: [folder] });
    expect(refused).toEqual([]);
    expect([...skipped]).toEqual([['rules of other tools', 3]]);
  });
});

// A search that begins anew at each end of a line takes hours for so many, and the time limit of the test ends it.
test.each([
  ['blank lines', `a: [1${'\r'.repeat(2_000_000)}!`],
  ['lines of a pipe', `a: [1\n${'| \r'.repeat(1_000_000)}!`],
])('a file with many %s is no rule', (_, text) => {
  expect(() => readRule(text, 'rule')).toThrow('rule:1:4: this [ is never closed');
});
