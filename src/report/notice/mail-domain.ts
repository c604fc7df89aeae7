/** By what a mail of hunt is recognised, without what makes one. */

/** Of message IDs. No mail comes from there: RFC 6761. */
export const MAIL_DOMAIN = 'hunt.invalid';

/** Whether the text of a file is such a mail. */
export function isNoticeMail(text: string): boolean {
  return text.slice(0, 4096).includes(`@${MAIL_DOMAIN}>`);
}
