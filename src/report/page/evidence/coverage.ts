/**
 * Which accounts, regions and hours the logs cover. No account or region is left out, because a reader trusts a zero by this;
 * only a hostile log has more of them than a page can hold. Logs of accounts that are rarely active have hundreds of gaps, which
 * say nothing: of these the page gives the longest.
 */
import { DAY } from '../../../cloudtrail/time/window.js';
import type {
  CoverageGap,
  CoveredAccount,
  CoveredRegion,
  CoveredScope,
  LogCoverage,
} from '../../coverage.js';
import { accountText, type AccountNames } from '../blocks/account-name.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, someOf, text, value, type Text } from '../blocks/text.js';
import { counted } from '../../../text/counted.js';
import { instant, timeSpan } from '../blocks/words.js';

const MOST = { accounts: 2000, regions: 500 };
/** With more gaps than this, an account is rarely active. */
const MOST_GAPS = 24;
const LONGEST_GAPS = 5;

/** Facts about all accounts together. */
export function coverageFacts(coverage: LogCoverage): readonly Fact[] {
  const { first, last, hours, accounts, regions, shortestGap, uncounted } = coverage;
  const hasDates = first !== null || last !== null;
  return [
    { label: 'logs', text: [hasDates ? timeSpan(first, last) : 'no dated record'] },
    { label: 'hours', text: text`${hours.covered} with records, ${hours.empty} without` },
    ...gapFacts(hours.gaps),
    ...(shortestGap > 1
      ? [{ label: 'gaps', text: text`gaps shorter than ${shortestGap} hours are not listed` }]
      : []),
    { label: 'accounts', text: text`${accounts.length}` },
    {
      label: 'regions',
      text: scopesText(regions, (region) => [String(region.events)]),
      isWhole: true,
    },
    ...(uncounted > 0
      ? [{ label: 'others', text: text`${uncounted} records of further accounts and regions` }]
      : []),
  ];
}

function gapFacts(gaps: readonly CoverageGap[]): readonly Fact[] {
  if (gaps.length === 0) return [];
  const more = gaps.length - MOST_GAPS;
  const rest = more > 0 ? [` and ${counted(more, 'shorter one')}, which the json report has`] : [];
  const shown = listOf(gaps.slice(0, MOST_GAPS).map(spanText));
  return [{ label: 'gaps', text: [...shown, ...rest], isWhole: true }];
}

/** Each account with its regions and gaps, those with the most records first. */
export function accountBlocks(coverage: LogCoverage, names: AccountNames): Iterable<Block> {
  const busiest = busiestFirst(coverage.accounts);
  const more = busiest.length - MOST.accounts;
  const ofAll = new Set(coverage.hours.gaps.map(spanText));
  return under(
    ['Accounts and regions'],
    [
      ...busiest.slice(0, MOST.accounts).map((account): Block => ({
        kind: 'item',
        head: headOf(account, names),
        details: [
          regionsText(account),
          ...gapTexts(account, ofAll),
          ...unusualTexts(account, ofAll),
        ],
      })),
      ...(more > 0
        ? [{ kind: 'paragraph', text: text`and ${more} more, in the json report` } as const]
        : []),
    ],
  );
}

function headOf({ name, events, first, last, hours }: CoveredAccount, names: AccountNames): Text {
  const span = first === null && last === null ? 'no readable time' : timeSpan(first, last);
  const all = hours.covered + hours.empty;
  const account = name === null ? nameText(name) : accountText(name, names);
  return text`${account}: ${[counted(events, 'record')]} in ${hours.covered} of ${[counted(all, 'hour')]}, ${[span]}`;
}

function nameText(name: string | null): Text {
  return [name === null ? 'none named' : value(name)];
}

function regionsText(account: CoveredAccount): Text {
  const { regions } = account;
  return text`${[regions.length === 1 ? 'region' : 'regions']} ${scopesText(regions, (region) => differences(region, account))}`;
}

/** How many records a region has, and how else it differs from its account. */
function differences(region: CoveredRegion, account: CoveredAccount): readonly string[] {
  const isLate = distance(account.first, region.first) >= DAY;
  const isEarly = distance(region.last, account.last) >= DAY;
  return [
    String(region.events),
    ...(region.hours.covered < account.hours.covered
      ? [counted(region.hours.covered, 'hour')]
      : []),
    ...(isLate && region.first !== null ? [`from ${instant(region.first)}`] : []),
    ...(isEarly && region.last !== null ? [`to ${instant(region.last)}`] : []),
  ];
}

/** In milliseconds; 0 if one of the instants is unknown. */
function distance(from: string | null, to: string | null): number {
  return from === null || to === null ? 0 : Date.parse(to) - Date.parse(from);
}

/** The gaps of an account, without those of all accounts. */
function gapTexts({ hours }: CoveredAccount, ofAll: ReadonlySet<string>): readonly Text[] {
  const own = hours.gaps.map(spanText).filter((span) => !ofAll.has(span));
  if (own.length === 0) return [];
  if (own.length <= MOST_GAPS) return [['no records ', ...listOf(own)]];
  const longest = listOf(own.slice(0, LONGEST_GAPS));
  return [text`no records in ${own.length} gaps, the longest ${longest}; the json report has each`];
}

/** The gaps of an account that are longer than usual, without those of all accounts, and the further ones of its regions. */
function unusualTexts(account: CoveredAccount, ofAll: ReadonlySet<string>): readonly Text[] {
  const ofAccount = account.unusualGaps;
  const own = ofAccount.map(spanText).filter((span) => !ofAll.has(span));
  const ofRegions = account.regions.flatMap(({ name, unusualGaps }) =>
    unusualGaps
      .filter((gap) => !ofAccount.some((other) => isWithin(gap, other)))
      .map((gap) => text`${nameText(name)} ${[spanText(gap)]}`),
  );
  const all = [...own.map((span): Text => [span]), ...ofRegions];
  if (all.length === 0) return [];
  return [
    text`longer without records than usual: ${someOf(all.slice(0, LONGEST_GAPS), all.length)}`,
  ];
}

function isWithin(gap: CoverageGap, other: CoverageGap): boolean {
  return gap.since >= other.since && gap.until <= other.until;
}

/** A format may cut each part of a text, so each of these is a part of its own. */
function listOf(words: readonly string[]): Text {
  return joined(
    words.map((word) => [word]),
    ', ',
  );
}

function spanText({ since, until }: CoverageGap): string {
  return timeSpan(since, until);
}

function scopesText<S extends CoveredScope>(
  scopes: readonly S[],
  facts: (scope: S) => readonly string[],
): Text {
  if (scopes.length === 0) return ['none'];
  const texts = busiestFirst(scopes)
    .slice(0, MOST.regions)
    .map((scope) => text`${nameText(scope.name)} (${[facts(scope).join(', ')]})`);
  return someOf(texts, scopes.length);
}

function busiestFirst<S extends CoveredScope>(scopes: readonly S[]): readonly S[] {
  return scopes.toSorted((a, b) => b.events - a.events);
}
