/** Events in files of any name that are no logs: exports, encodings and binary dumps are read or named. */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { folderOf, reading } from '../../support/read-dump.js';

const EVENT = JSON.stringify({
  eventVersion: '1.11',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/robin' },
  eventTime: '2026-01-14T09:30:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'CreateSecurityGroup',
  awsRegion: 'eu-west-1',
  eventID: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeee01',
  recipientAccountId: '112233445566',
});
const LOG = `{"Records":[${EVENT.replace('ee01', 'ee02')}]}`;

/** What became of a file beside a log: how many events it gave, and why it is lost. */
async function outcomeOf(name: string, content: string | Buffer) {
  const { rows, summary } = await reading([folderOf({ [name]: content, 'log.json': LOG })]);
  return { events: rows.length - 1, lost: summary.unreadable.map(({ reason }) => reason).join() };
}

test.each([
  ['behind much other text', 'session.txt', `${'some words\n'.repeat(3000)}${EVENT}\n`],
  ['in HTML', 'page.html', `<pre>${EVENT}</pre>`],
])('events %s are read', async (_what, name, content) => {
  expect(await outcomeOf(name, content)).toEqual({ events: 1, lost: '' });
});

test.each([
  ['XML', 'x.xml', `<results><v>${EVENT.replaceAll('"', '&quot;')}</v></results>`, 'XML'],
  ['SQL', 'x.sql', `INSERT INTO t VALUES (1,'${EVENT}');\n`, 'holds CloudTrail events'],
  ['YAML', 'x.yaml', `events:\n- eventId: '3'\n  message: '${EVENT}'\n`, 'CloudTrail events'],
  ['base64', 'x.b64', Buffer.from(EVENT).toString('base64'), 'base64'],
  ['base64 of gzip', 'x.txt', gzipSync(EVENT).toString('base64'), 'base64'],
  ['hexadecimal digits', 'x.hex', Buffer.from(EVENT).toString('hex'), 'hexadecimal'],
  ['a pickle', 'x.pkl', Buffer.from(`\x80\x04eventName eventSource`, 'latin1'), 'pickle'],
] as const)('events in %s are named', async (_what, name, content, reason) => {
  expect(await outcomeOf(name, content)).toEqual({
    events: 0,
    lost: expect.stringContaining(reason),
  });
});

describe('is no evidence', () => {
  test.each([
    [
      'a text with the names of fields',
      'x.txt',
      'the eventName and its eventSource\n'.repeat(2000),
    ],
    ['a rule with events in its tests', 'r.yml', `Detection: []\nTests:\n- Log: ${EVENT}\n`],
    ['base64 of something else', 'x.b64', Buffer.from('{"a":1}').toString('base64')],
  ])('%s', async (_what, name, content) => {
    expect(await outcomeOf(name, content)).toEqual({ events: 0, lost: '' });
  });
});

test('an empty folder is named beside another path', async () => {
  const folder = folderOf({ 'logs/log.json': LOG, 'empty/x': '' });
  rmSync(`${folder}/empty/x`);
  const { summary } = await reading([`${folder}/empty`, `${folder}/logs`]);
  expect(summary.unreadable).toEqual([{ path: `${folder}/empty`, reason: 'an empty folder' }]);
});
