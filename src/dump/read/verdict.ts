/** What is said of a file that held no events. It depends on how the file was chosen. */
import type { Chosen } from '../find/chosen.js';
import type { FileSummary } from './summary/file-summary.js';

export const NO_EVENTS = 'no CloudTrail events';

/** The summary of a file that is something else. */
export function nothing(reason: string): FileSummary {
  return {
    records: 0,
    isLog: false,
    others: [[reason, 1]],
    lost: undefined,
    isForeign: false,
    repaired: 0,
    unreadableFields: 0,
    isCutOff: false,
  };
}

/** A file that the user named and that is no log is lost evidence: the user expected events in it. */
export function judged(file: FileSummary, chosen: Chosen): FileSummary {
  if (chosen !== 'by the user' || file.isLog || file.lost !== undefined) return file;
  const what = [...new Set(file.others.map(([reason]) => reason))]
    .filter((reason) => reason !== NO_EVENTS)
    .slice(0, 3);
  const named = what.length === 0 ? '' : `: ${what.join(', ')}`;
  return { ...file, lost: `holds ${NO_EVENTS}${named}` };
}

/** Why content that needs random access is not read. */
export function onlyAFile(content: string, place: 'S3' | 'an archive' | 'standard input'): string {
  const first = place === 'S3' ? 'copy' : 'unpack';
  return `${content} in ${place}, which only a file can be: ${first} it first`;
}
