/** What the name of a rule on the command line stands for. */
import { describe, expect, test } from 'vitest';
import {
  builtInFolders,
  DEFAULT_FOLDER,
  DEFAULT_RULE,
  foldersOfAll,
} from '../../../src/rule/catalog/built-in.js';
import { meantBy } from '../../../src/rule/catalog/named.js';
import { SAMPLE } from '../../support/run-hunt.js';

function foldersOf(name: string): readonly string[] {
  const meant = meantBy(name);
  return meant.kind === 'built-in' ? meant.folders : [];
}

describe('a name stands for', () => {
  test.each([
    ['the ID', 'AWS.EC2.ManualSecurityGroupDeletion', ['security-groups-deleted']],
    ['the folder', 'security-groups-deleted', ['security-groups-deleted']],
    ['a part of one ID', 'SecurityGroupDeletion', ['security-groups-deleted']],
    ['a part in any case and spelling', 'security_group_deletion', ['security-groups-deleted']],
    ['a pattern', 'aws.ec2.*GroupDeletion', ['security-groups-deleted']],
    ['a pattern of folders', 'security-groups-delete?', ['security-groups-deleted']],
    ['the rule that a hunt applies without a name', DEFAULT_RULE, [DEFAULT_FOLDER]],
    ['all', 'all', foldersOfAll()],
    ['every rule', '*', builtInFolders()],
  ])('%s', (_what, name, folders) => expect(foldersOf(name)).toEqual(folders));

  test('several rules that have a common part of their IDs', () => {
    const folders = foldersOf('*SecurityGroup*');
    expect(folders).toEqual(expect.arrayContaining(['manual-security-group-changes']));
    expect(folders.length).toBeLessThan(builtInFolders().length);
  });

  test('a file, rather than a part of an ID', () => {
    const file = `${SAMPLE}/../attack.json`;
    expect(meantBy(file)).toEqual({ kind: 'file', file });
  });
});

test.each([
  [
    'security-group',
    /"security-group" is a part of \d+ rules: AWS\.EC2\.\S+, .*"\*security-group\*"/,
  ],
  ['AWS.EC2.ManualSecurityGroupDeletoin', /Did you mean "AWS.EC2.ManualSecurityGroupDeletion"\?/],
  ['ManualSecurityGroupDeletoin', /Did you mean "AWS.EC2.ManualSecurityGroupDeletion"\?/],
  ['no.Such*', /there is no rule "no.Such\*", and no such file/],
  ['aw', /there is no rule "aw"/],
  ['', /there is no rule ""/],
])('%j is refused', (name, message) => expect(() => meantBy(name)).toThrow(message));
