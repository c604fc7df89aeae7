/** What a hunt knows of its logs beside their records: what is missing, when less was logged, and what only looks odd. */
import { truncate, truncateStart } from '../../../text/width.js';
import { blindSpotText, darkFirst, isDark } from '../../completeness/blind-spot-words.js';
import type {
  BlindSpot,
  BlindSpotEvent,
  Completeness,
  DeletedFile,
  MissingCause,
} from '../../completeness/completeness.js';
import { SHOWN } from '../../completeness/reasons.js';
import { accountName, reportScope, type ReportScope } from '../../completeness/scope.js';
import { namesText } from '../../completeness/words.js';
import type { Report } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, path, text, value, type Text, type Value } from '../blocks/text.js';
import { instant, timeSpan } from '../blocks/words.js';
import { digestBlocks, digestFacts } from './digests.js';
import { lateFileBlocks, lateFileFacts } from './late-files.js';
import { moreBlock } from './more.js';

const MOST = { files: 10, spots: 10, hints: 5, unmet: 10, twice: 5, accounts: 20 };
// In columns. A long path must not hide the reason.
const LONGEST_PATH = 300;
const LONGEST = 200;
/** The line of the report says so many. */
const SAID = 2;

/** Facts for the list of what was read. */
export function evidenceFacts({ digests, lateFiles, deliveries }: Completeness): readonly Fact[] {
  return [
    ...digestFacts(digests),
    ...lateFileFacts(lateFiles),
    ...(deliveries === null
      ? []
      : [
          {
            label: 'deliveries',
            text: text`${deliveries.named} log files, as the bucket's own events say; ${deliveries.present} of them are here`,
          },
        ]),
  ];
}

export function* evidenceBlocks(report: Report): Generator<Block> {
  const { completeness } = report;
  const { unmet, lateFiles, hints, moreHints } = completeness;
  yield* under(
    ['Other reasons for doubt'],
    unsaid(report).map((reason): Block => ({ kind: 'item', head: [reason], details: [] })),
  );
  yield* spotBlocks(completeness, reportScope(report));
  yield* digestBlocks(report);
  yield* lateFileBlocks(lateFiles);
  yield* deliveryBlocks(completeness);
  yield* under(
    ['Expected, and not there'],
    [
      ...(unmet ?? []).slice(0, MOST.unmet).map(({ message }): Block => ({
        kind: 'loss',
        text: [truncate(message, LONGEST * 2)],
      })),
      ...moreBlock((unmet ?? []).length - MOST.unmet),
    ],
  );
  yield* under(
    ['Hints: what should have another event before it, which is not in these logs'],
    [
      ...hints.slice(0, MOST.hints).map(hintBlock),
      ...moreBlock(hints.length - MOST.hints + moreHints),
    ],
  );
}

/** Reasons that neither the line of the report nor a warning says. */
function unsaid({ completeness, warnings, sections }: Report): readonly string[] {
  const all = [...warnings, ...sections.flatMap((section) => section.warnings)];
  const said = new Set(all.map(({ message }) => message));
  return completeness.because.slice(SAID, SHOWN).filter((reason) => !said.has(reason));
}

function* spotBlocks(completeness: Completeness, scope: ReportScope): Generator<Block> {
  const spots = darkFirst(completeness);
  yield* under(
    ['When less was logged'],
    [
      ...spots.slice(0, MOST.spots).map((spot): Block => ({
        kind: 'item',
        head: [blindSpotText(spot, scope)],
        details: spotDetails(spot, scope),
      })),
      ...moreBlock(spots.length - MOST.spots + completeness.moreBlindSpots),
    ],
  );
}

function spotDetails(spot: BlindSpot, scope: ReportScope): readonly Text[] {
  const { since, until, target, region, unseen, by, undoneBy } = spot;
  const what = [target, region].filter((name) => name !== null).join(', ');
  return [
    text`${[since !== null && since === until ? instant(since) : timeSpan(since, until)]}${what === '' ? [] : text`: ${cut(what)}`}`,
    text`not seen: ${[truncate(unseen, LONGEST * 2)]}${meanwhile(spot, scope)}`,
    ...(by === null ? [] : [eventText(by)]),
    ...(undoneBy === null ? [] : [text`undone by ${cut(undoneBy.actor)}: ${eventText(undoneBy)}`]),
    ...deletedTexts(spot),
  ];
}

const STATES: Readonly<Record<DeletedFile['state'], string>> = {
  missing: 'not here',
  here: 'a copy is here',
  elsewhere: 'not of the logs or the time that were hunted',
  unknown: 'whether a copy is here, these logs cannot tell',
};

function deletedTexts({ deleted }: BlindSpot): readonly Text[] {
  if (deleted === null) return [];
  const shown = deleted.files.slice(0, MOST.files);
  const more = deleted.logs + deleted.digests - shown.length;
  return [
    ...shown.map(({ key, account, region, time, state }): Text => {
      const name = [account, region].filter((part) => part !== null).join(' ');
      return text`${path(truncateStart(key, LONGEST_PATH))}${name === '' ? [] : text`, of ${cut(name)}`}${time === null ? [] : [`, ${instant(time)}`]}: ${[STATES[state]]}`;
    }),
    ...(more > 0 ? [[`${more} more`]] : []),
  ];
}

/** What records there are while less was logged, if that is known. */
function meanwhile(spot: BlindSpot, { names }: ReportScope): Text {
  const { account, hasRecords, silentAccounts, moreSilentAccounts, deleted } = spot;
  if (deleted !== null) return [];
  if (isDark(spot) && silentAccounts.some((silent) => silent !== account)) {
    const silent = namesText(
      silentAccounts.map((id) => accountName(id, names)),
      MOST.accounts,
      moreSilentAccounts,
    );
    return [`; these logs have no record of ${silent} meanwhile`];
  }
  if (isDark(spot)) return ['; these logs have no record of the account meanwhile'];
  return hasRecords === true ? ['; these logs have other records of the account meanwhile'] : [];
}

function eventText({ eventName, sourceIPAddress, eventID }: BlindSpotEvent): Text {
  return text`${cut(eventName)}${sourceIPAddress === null ? [] : text` from ${cut(sourceIPAddress)}`}${eventID === null ? [] : text`, event ${cut(eventID)}`}`;
}

function* deliveryBlocks({ deliveries }: Completeness): Generator<Block> {
  if (deliveries === null) return;
  const { missing, moreMissing, twice } = deliveries;
  yield* under(
    ['Log files that were delivered and are not here'],
    [
      ...missing.slice(0, MOST.files).map(({ bucket, key, eventTime }): Block => ({
        kind: 'loss',
        text: text`${path(truncateStart(`s3://${bucket}/${key}`, LONGEST_PATH))}${eventTime === null ? [] : [`, of ${instant(eventTime)}`]}`,
      })),
      ...moreBlock(missing.length - MOST.files + moreMissing),
    ],
  );
  yield* under(
    ['Delivered twice, by two trails'],
    [
      ...twice.slice(0, MOST.twice).map(({ account, region, folders }): Block => ({
        kind: 'item',
        head: text`${cut(account)} ${cut(region)}`,
        details: [
          joined(
            folders
              .slice(0, MOST.twice)
              .map((folder): Text => [path(truncateStart(folder, LONGEST))]),
            ', ',
          ),
        ],
      })),
      ...moreBlock(twice.length - MOST.twice),
    ],
  );
}

/** A name from a log. */
function cut(name: string): Value {
  return value(truncate(name, LONGEST));
}

function hintBlock({ effect, cause, resource, account, eventTime, eventID }: MissingCause): Block {
  return {
    kind: 'item',
    head: text`${cut(effect)}${resource === null ? [] : text` of ${cut(resource)}`}${account === null ? [] : text` in ${cut(account)}`}${eventTime === null ? [] : [`, ${instant(eventTime)}`]}: no ${cut(cause)} before it`,
    details: eventID === null ? [] : [text`event ${cut(eventID)}`],
  };
}
