/** What two hunts read, and how that differs. */
import type { Report, Warning } from '../report/report.js';
import { counted } from '../text/counted.js';
import { differs, namedDiffer } from './differences.js';
import type { Difference } from './model.js';

/** One entry for each fact that differs: files, losses, records, hours, accounts, regions, warnings. */
export function completenessDiffers(before: Report, after: Report): readonly Difference[] {
  const both = <T>(of: (report: Report) => T): readonly [T, T] => [of(before), of(after)];
  return [
    ...differs('completeness', ...both(({ completeness }) => completeness.verdict)),
    ...differs(
      'files read',
      ...both(({ files }) => (files.read === null ? null : String(files.read))),
    ),
    ...namedDiffer('unreadable', ...both(lossesIn)),
    ...differs('records in the window', ...both(({ coverage }) => String(sum(coverage.accounts)))),
    ...differs('first record', ...both(({ coverage }) => coverage.first)),
    ...differs('last record', ...both(({ coverage }) => coverage.last)),
    ...differs(
      'hours with records',
      ...both(({ coverage: { hours } }) => `${hours.covered} of ${hours.covered + hours.empty}`),
    ),
    ...namedDiffer('account', ...both(({ coverage }) => seenIn(coverage.accounts))),
    ...namedDiffer('region', ...both(({ coverage }) => seenIn(coverage.regions))),
    ...namedDiffer('warning', ...both(warningsIn)),
  ];
}

/** One file may have several records that cannot be read. */
function lossesIn({ files }: Report): ReadonlyMap<string, string> {
  const losses = new Map<string, string[]>();
  for (const { path, reason } of files.unreadable) {
    const reasons = losses.get(path);
    if (reasons === undefined) losses.set(path, [reason]);
    else if (!reasons.includes(reason)) reasons.push(reason);
  }
  return new Map([...losses].map(([path, reasons]) => [path, reasons.join('; ')]));
}

function sum(scopes: readonly { readonly events: number }[]): number {
  return scopes.reduce((total, { events }) => total + events, 0);
}

/** How many records an account or region has differs between any two reports; whether it has some is worth a line. */
function seenIn(scopes: Report['coverage']['regions']): ReadonlyMap<string, string> {
  return new Map(scopes.map(({ name }) => [name ?? 'without a name', 'has records']));
}

/** By code: the messages have numbers, which differ between any two reports. */
function warningsIn({ warnings, sections }: Report): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const count = ({ code }: Warning): unknown => counts.set(code, (counts.get(code) ?? 0) + 1);
  warnings.forEach(count);
  for (const section of sections) section.warnings.forEach(count);
  return new Map([...counts].map(([code, number]) => [code, counted(number, 'time')]));
}
