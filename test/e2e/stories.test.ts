/** On real logs of an attack, the report says how long the attacker's changes lasted. */
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { describeWithFixtures, fixture } from '../support/fixtures.js';
import { hunt } from '../support/run-hunt.js';

describeWithFixtures('the stories of an attack', () => {
  test('say when what was opened was closed again, and claim nothing that no rule looks for', async () => {
    const logs = fixture('invictus-ir+aws_dataset');
    const any = ['--set', 'PROD_ACCOUNT_IDS=any', '--format', 'json'];
    const endsWith = async (rule: string) => {
      const { stdout } = await hunt([logs, '--rule', rule, ...any]);
      const { stories } = JSON.parse(stdout) as Report;
      const exposed = stories.flatMap(({ points }) =>
        points.filter(({ concern }) => concern === 'exposed'),
      );
      return (words: string) =>
        exposed
          .filter(({ sentence }) => sentence.includes(words))
          .map(({ end, until }) => [end, until]);
    };
    const endsOf = await endsWith('all');
    // Opened 12:10:05 and 12:10:08: for 121 and 109 seconds.
    // The first was never closed: its group was deleted.
    expect(endsOf('tcp 443 to everyone')).toEqual([['deleted', '2023-07-10T12:12:06.000Z']]);
    expect(endsOf('tcp 22 to everyone')).toEqual([['seen', '2023-07-10T12:11:57.000Z']]);
    // The rule for images matches only the call that shares them. Another one matches the call that takes that back.
    expect(endsOf('shared AMI')).toEqual([['seen', '2023-07-10T12:11:57.000Z']]);
    const ends = await endsWith('AWS.EC2.ManualSnapshotOrImageExposure');
    expect(ends('shared AMI')).toEqual([['not looked for', null]]);
  });
});
