/** The text of a notice in lines, for chats and for the text part of a mail. */
import { capitalised } from '../../text/capitalised.js';
import type { Notice } from './notice.js';

/** Without the subject. Lines that name a part end with a colon; what belongs to it is indented. */
export function noticeLines(notice: Notice): readonly string[] {
  const { answer, counts, changes, moreChanges, incomplete, completeness, files } = notice;
  return [
    answer,
    ...(counts === null ? [] : [counts]),
    ...part('What matters most:', [
      ...changes,
      ...(moreChanges > 0 ? [`and ${moreChanges} more`] : []),
    ]),
    ...part('Not complete:', incomplete),
    ...(completeness === null ? [] : ['', capitalised(completeness)]),
    ...part('Report:', files),
  ];
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
