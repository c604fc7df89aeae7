/**
 * What `expect` of hunt.yml asks for and the logs do not have. Only what the hunt looks at is asked for: it may leave out the
 * files of other accounts and regions. What may still arrive is not absent yet.
 */
import { DAY, midnight } from '../../cloudtrail/time/window.js';
import { dayName } from '../../cloudtrail/time/day-span.js';
import type { Query } from '../../query/query.js';
import { accountsAndRegionsOf } from '../../query/required.js';
import type { UnmetExpectation } from '../../report/completeness/completeness.js';
import type { DigestCheck } from '../../report/completeness/digest-check.js';
import type { Expectations } from '../../report/completeness/expectations.js';
import type { CoveredAccount, CoveredHours, LogCoverage } from '../../report/coverage.js';

/** The most that a report lists. */
const MOST = 1000;

export interface ExpectedOf {
  readonly query: Query;
  readonly coverage: LogCoverage;
  readonly digests: DigestCheck | null;
  /** Files with events from this instant on may still arrive. */
  readonly stillFilling: number;
  /** Names by account ID. */
  readonly names: ReadonlyMap<string, string>;
}

/** One entry for each account, region, day or digest that is expected and absent, with its sentence; at most a thousand. */
export function unmetOf(expect: Expectations, of: ExpectedOf): readonly UnmetExpectation[] {
  const { query, coverage, stillFilling, names } = of;
  const limits = accountsAndRegionsOf(query);
  const isLookedAt = (id: string): boolean => limits.accounts?.has(id) !== false;
  const seen = new Map(coverage.accounts.map((account) => [account.name, account]));
  const expected = expect.accounts ?? coverage.accounts.flatMap(({ name }) => name ?? []);
  const regions = expect.regions.filter((name) => limits.regions?.has(name) !== false);
  const mayArrive = (query.window.since ?? -Infinity) >= stillFilling;
  const unmet = expected.filter(isLookedAt).flatMap((id): readonly UnmetExpectation[] => {
    const said = nameOf(id, names);
    const account = seen.get(id);
    const digests = expect.digests ? withoutDigests(id, said, of.digests) : [];
    if (mayArrive) return digests;
    if (account === undefined)
      return [
        {
          kind: 'account',
          name: id,
          account: id,
          message: `no record of ${said}, which is expected`,
        },
        ...digests,
      ];
    return [
      ...absentRegions(account, regions).map((region) => ({
        kind: 'region' as const,
        name: region,
        account: id,
        message: `no record of ${said} in ${region}, which is expected`,
      })),
      ...(expect.everyDay ? absentDays(account.hours, of) : []).map((day) => ({
        kind: 'day' as const,
        name: day,
        account: id,
        message: `no record of ${said} on ${day}, which is expected`,
      })),
      ...digests,
    ];
  });
  return unmet.slice(0, MOST);
}

function nameOf(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id);
  return name === undefined ? id : `${name} (${id})`;
}

function absentRegions(
  { regions }: CoveredAccount,
  expected: readonly string[],
): readonly string[] {
  const seen = new Set(regions.map(({ name }) => name));
  return expected.filter((name) => !seen.has(name));
}

/** Whole days of the window (UTC) that lie in a gap. Where the window is open, the first and the last day of the logs count whole. */
function absentDays(
  { gaps }: CoveredHours,
  { query: { window }, coverage, stillFilling }: ExpectedOf,
): readonly string[] {
  const { first, last } = coverage;
  const since = window.since ?? (first === null ? undefined : midnight(Date.parse(first)));
  const until = window.until ?? (last === null ? undefined : midnight(Date.parse(last)) + DAY);
  if (since === undefined || until === undefined) return [];
  const [from, to] = [Date.parse(first ?? ''), Date.parse(last ?? '')];
  return gaps
    .flatMap((gap) => {
      // At an open end, the gap ends with the last hour of the logs, and the day does not.
      const begin =
        window.since === undefined && Date.parse(gap.since) <= from ? since : Date.parse(gap.since);
      const end =
        window.until === undefined && Date.parse(gap.until) >= to ? until : Date.parse(gap.until);
      const days: number[] = [];
      for (
        let day = Math.max(ceilDay(begin), ceilDay(since));
        day + DAY <= Math.min(end, until) && days.length < MOST;
        day += DAY
      )
        if (day < stillFilling) days.push(day);
      return days;
    })
    .toSorted((a, b) => a - b)
    .map(dayName);
}

function ceilDay(instant: number): number {
  return Math.ceil(instant / DAY) * DAY;
}

function withoutDigests(
  id: string,
  said: string,
  digests: DigestCheck | null,
): readonly UnmetExpectation[] {
  if (digests?.chains.some(({ account }) => account === id) === true) return [];
  const message =
    digests === null
      ? `digests of ${said} are expected, and were not checked`
      : `no digest of ${said}, which is expected`;
  return [{ kind: 'digests', name: id, account: id, message }];
}
