/** The bodies that Slack, Teams and other services expect from a webhook call. */
import { safeNotice, type Notice } from './notice.js';
import { limited } from './limited.js';
import { noticeLines } from './words.js';

export const NOTICE_KINDS = ['slack', 'teams', 'json'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Which service is behind a host. Any other takes plain JSON. */
export function kindOfHost(host: string): NoticeKind {
  if (/(^|\.)slack(-gov)?\.com$/.test(host)) return 'slack';
  // Teams' webhooks are flows of Power Automate, or old connectors of Office.
  if (/(^|\.)(webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/.test(host))
    return 'teams';
  return 'json';
}

/** The body of the request, as a value for JSON. */
export function noticeBody(given: Notice, kind: NoticeKind): object {
  const notice = safeNotice(given);
  switch (kind) {
    case 'slack':
      return slackBody(notice);
    case 'teams':
      return teamsBody(notice);
    case 'json':
      return { schema: 'hunt-notice/1', ...notice };
    default:
      return kind satisfies never;
  }
}

/** Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
function slackBody(notice: Notice): object {
  // In a block of plain text, nothing is markup, a mention or a link. `text` is for notifications, so it is escaped.
  const plain = (text: string): object => ({ type: 'plain_text', text, emoji: false });
  return {
    text: notice.subject.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(limited(notice.subject, SLACK_HEADER)) },
      { type: 'section', text: plain(limited(noticeLines(notice).join('\n'), SLACK_SECTION)) },
    ],
  };
}

const SLACK_HEADER = 150;
const SLACK_SECTION = 3000;

/** Source: https://learn.microsoft.com/en-us/connectors/teams/ (a message with an Adaptive Card) */
function teamsBody(notice: Notice): object {
  // A run of text in a RichTextBlock is not read as Markdown, as a TextBlock is.
  const line = (text: string, more: object = {}): object => ({
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [{ type: 'TextRun', text, ...more }],
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            line(notice.subject, { weight: 'bolder' }),
            ...noticeLines(notice).flatMap((text) => (text === '' ? [] : [line(text)])),
          ],
        },
      },
    ],
  };
}
