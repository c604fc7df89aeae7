/** Recognises a mail that hunt wrote, without loading the code that writes mails. */

/** The domain of message IDs. It is reserved, so no other mail has it: RFC 6761. */
export const MAIL_DOMAIN = 'hunt.invalid';

/** Whether the text of a file is such a mail. */
export function isNoticeMail(text: string): boolean {
  return text.slice(0, 4096).includes(`@${MAIL_DOMAIN}>`);
}
