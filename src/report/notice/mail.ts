/**
 * A notice as a mail without addresses: a short text, and the same in HTML that mail programs show. Whoever sends it adds the
 * addresses: `(echo "To: security@example.com"; cat FILE) | sendmail -t`. The same notice gives the same bytes.
 */
import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { h, type ComponentChildren } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { MAIL_DOMAIN } from './mail-domain.js';
import { safeNotice, type Notice } from './notice.js';
import { capitalised } from '../../text/capitalised.js';
import { noticeLines } from './words.js';

/** The mail with its headers, in the form of RFC 5322. `date` is in milliseconds since 1970 UTC. */
export async function noticeMail(given: Notice, date: number): Promise<Uint8Array> {
  const notice = safeNotice(given);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(notice))
    .digest('hex')
    .slice(0, 32);
  const mail = new MailComposer({
    subject: notice.subject,
    text: `${noticeLines(notice).join('\n')}\n`,
    html: `<!doctype html>${renderToStaticMarkup(h(Page, notice))}`,
    date: new Date(date),
    messageId: `<${fingerprint}@${MAIL_DOMAIN}>`,
    baseBoundary: fingerprint,
    // No text of a log makes the composer read a file or ask an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

const FONT = 'font-family:Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;color:#1b1b1b';

/** Mail programs ignore style sheets, so each element has its own style. */
function Page({
  subject,
  answer,
  counts,
  changes,
  moreChanges,
  incomplete,
  completeness,
  files,
}: Notice): ComponentChildren {
  const more = moreChanges > 0 ? [`and ${moreChanges} more`] : [];
  return h(
    'html',
    { lang: 'en' },
    h('head', null, h('meta', { charset: 'utf-8' }), h('title', null, subject)),
    h(
      'body',
      { style: FONT },
      h('p', { style: 'font-size:16px;font-weight:bold' }, answer),
      counts === null ? null : h('p', null, counts),
      part('What matters most', [...changes, ...more]),
      part('Not complete', incomplete),
      completeness === null ? null : h('p', null, capitalised(completeness)),
      part('Report', files),
    ),
  );
}

function part(title: string, lines: readonly string[]): ComponentChildren {
  if (lines.length === 0) return null;
  return [
    h('p', { style: 'font-weight:bold;margin-bottom:0' }, title),
    h(
      'ul',
      { style: 'margin-top:4px' },
      lines.map((line) => h('li', null, line)),
    ),
  ];
}
