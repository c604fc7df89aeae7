import { expect, test } from 'vitest';
import { kindOfHost, noticeBody, NOTICE_KINDS } from '../../../src/report/notice/bodies.js';
import { noticeMail } from '../../../src/report/notice/mail.js';
import { noticeOf } from '../../../src/report/notice/notice.js';
import { readNotice } from '../../../src/report/notice/read.js';
import { finding, HOSTILE, reportOn } from '../../support/report-sample.js';

const NOTHING_LOST = { incomplete: [], files: ['reports/changes.csv'] };

test('the service is known by its host, and by no other that looks like it', () => {
  expect(kindOfHost('hooks.slack.com')).toBe('slack');
  expect(kindOfHost('prod-1.westeurope.logic.azure.com')).toBe('teams');
  expect(kindOfHost('notslack.com')).toBe('json');
  expect(kindOfHost('slack.com.example')).toBe('json');
});

test('nothing of a log acts in a message', async () => {
  const name = `<!channel> <https://example.invalid|x> @here <img src=x> [a](http://b) ${HOSTILE}`;
  const { actor } = finding();
  const report = reportOn([finding({ actor: { ...actor, name } })]);
  const notice = noticeOf(report, NOTHING_LOST);
  for (const kind of NOTICE_KINDS)
    expect(JSON.stringify(noticeBody(notice, kind))).not.toMatch(
      /[\u202e\u200b\ufeff]|(?<!\\)\\(?:u00|r)/,
    );
  const slack = noticeBody(notice, 'slack') as { text: string; blocks: { text: object }[] };
  expect(slack.text).not.toContain('<');
  for (const { text } of slack.blocks) expect(text).toMatchObject({ type: 'plain_text' });
  const mail = Buffer.from(await noticeMail(notice, 0)).toString();
  expect(mail.slice(mail.indexOf('text/html'))).not.toContain('<img');
  expect(mail.split('\r\n\r\n')[0]).toMatch(/^Subject: .*\r\n/);
});

test('the same notice is the same mail, and comes back from JSON as it was', async () => {
  const notice = noticeOf(reportOn([finding()]), { incomplete: ['a file was lost'], files: [] });
  expect(notice.subject).toContain('(INCOMPLETE)');
  expect(await noticeMail(notice, 0)).toEqual(await noticeMail(notice, 0));
  expect(readNotice(JSON.parse(JSON.stringify(notice)))).toEqual(notice);
  expect(readNotice({ subject: 1 })).toBeUndefined();
});
