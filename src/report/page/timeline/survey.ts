/** What is learned in one walk over the findings before they are shown: when they were, and what all of them have in common. */
import { relative } from 'node:path/posix';
import { placesOf, type Finding } from '../../finding.js';
import type { Report } from '../../report.js';
import { accountNames, type AccountNames } from '../blocks/account-name.js';

/** More files are not listed: the page would be a list of files. */
const MOST_FILES = 1000;

export interface Survey {
  /** The times of the first and the last finding that have one. */
  readonly first: string | null;
  readonly last: string | null;
  /** The account and the region of all findings; null if they differ. */
  readonly account: string | null;
  readonly region: string | null;
  readonly accountNames: AccountNames;
  /** The files of the findings, as the page names them, in the order in which they come first. */
  readonly files: ReadonlyMap<string, number>;
  /** Whether some files are not among them. */
  readonly hasMoreFiles: boolean;
}

/** An account or a region only if all findings have the same. Files are numbered from 1, in the order of the findings. */
export function surveyOf({
  findings,
  source: hunted,
}: Pick<Report, 'findings' | 'source'>): Survey {
  let first: string | null = null;
  let last: string | null = null;
  const accounts = new Set<string | null>();
  const regions = new Set<string | null>();
  const files = new Map<string, number>();
  let hasMoreFiles = false;
  for (const place of placesOf(findings)) {
    const { eventTime, recipientAccountId, awsRegion, source } = place;
    if (eventTime !== null && (first === null || eventTime < first)) first = eventTime;
    if (eventTime !== null && (last === null || eventTime > last)) last = eventTime;
    addUpToTwo(accounts, recipientAccountId);
    addUpToTwo(regions, awsRegion);
    if (source === null || files.has(source)) continue;
    if (files.size < MOST_FILES) files.set(source, files.size + 1);
    else hasMoreFiles = true;
  }
  // A place may have only a part of a long name.
  const [one] = findings;
  return {
    first,
    last,
    account: accounts.size === 1 ? (one?.recipientAccountId ?? null) : null,
    region: regions.size === 1 ? (one?.awsRegion ?? null) : null,
    accountNames: accountNames(hunted),
    files,
    hasMoreFiles,
  };
}

/** Whether there is one is all that matters, and a log may have any number of names. */
function addUpToTwo(names: Set<string | null>, name: string | null): void {
  if (names.size < 2) names.add(name);
}

/** A file as seen from the hunted path that it lies in; whole if it lies in none, or if several paths were hunted. */
export function shownPath(file: Finding['source'], paths: readonly string[]): string {
  const [root, ...others] = paths;
  if (file === null || root === undefined || others.length > 0) return file ?? '';
  if (!file.startsWith(root) || file === root) return file;
  const inside = relative(root, file);
  return inside === '' || inside.startsWith('..') ? file : inside;
}
