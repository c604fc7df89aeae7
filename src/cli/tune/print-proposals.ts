/** Prints the proposals of `hunt tune`, with their terms and what they would hide. */
import type { Finding } from '../../report/finding.js';
import type { Report } from '../../report/report.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import type { TuneOptions } from '../options/flags/tune-flags.js';
import { lastDay } from '../options/time/last-day.js';
import { userName } from '../options/user-name.js';
import type { Entry } from './entry.js';
import type { Judge } from './judge.js';
import type { OtherHunt } from './other-hunt.js';
import type { Proposal, Proposals } from './propose.js';
import { termsOf } from './terms.js';
import { proposalLines, refusalLines, type EffectIn } from './proposal-lines.js';
import { triedOn } from './tried.js';

/** A proposal, and the number by which `--proposal` names it. */
export type NumberedProposal = Proposal & { readonly number: number };

interface Printing {
  readonly path: string;
  readonly report: Report;
  readonly judge: Judge;
  readonly proposals: readonly NumberedProposal[];
  readonly found: Proposals;
  readonly other: OtherHunt | undefined;
  readonly options: TuneOptions;
}

export interface NumberedEntry {
  readonly entry: Entry;
  readonly comment: string;
}

/** Prints the proposals, and gives those that hide nothing which they must not hide. */
export function printed(
  { path, report, judge, proposals, found, other, options }: Printing,
  context: CommandContext,
): readonly NumberedEntry[] {
  const { stdout, now } = context;
  const say = (line: string): unknown => stdout.write(`${line}\n`);
  say(
    `${found.accepted} of ${counted(report.findings.length, 'finding')} of ${safeLine(path)} ${found.accepted === 1 ? 'is' : 'are'} accepted.\n`,
  );
  const seen = new Set(eventIDs(report.findings));
  // What the report does not have, nobody has judged: it is shown, and protected only where its ID is named.
  const isInReport = ({ eventID }: Finding): boolean => eventID !== null && seen.has(eventID);
  const isProtected = (finding: Finding): boolean =>
    (isInReport(finding) || options.decisions.confirmed !== undefined) &&
    judge.judge(finding).isProtected;
  const tried = other && triedOn(other.report, proposals, { isInReport, isProtected });
  const { reason, owner, ends } = options.entry;
  const until = ends === undefined ? undefined : lastDay(ends, { where: '--expires', now });
  const user = userName(context);
  const entries: NumberedEntry[] = [];
  proposals.forEach((proposal, index) => {
    const { number, selectors, effect, others, exceptions, from } = proposal;
    const agreed = judge.agreements.filter(({ id }) => exceptions.includes(id));
    const entry = { ...selectors, ...termsOf(agreed, { reason, owner, until, user, now }) };
    const own = tried?.[index];
    if (own?.conflict !== undefined) {
      const why = `its entry would hide ${counted(own.conflicts, 'finding')} of ${other?.place ?? ''} that nobody accepted`;
      for (const line of refusalLines({ from, reason: why, shown: [own.conflict] })) say(line);
      return;
    }
    const effects: readonly EffectIn[] = [
      { place: path, effect, of: report.findings.length, others, missing: 'accepted' },
      ...(own && other
        ? [
            {
              place: other.place,
              effect: own.effect,
              of: other.report.findings.length,
              others: own.others,
              missing: 'judged' as const,
            },
          ]
        : []),
    ];
    for (const line of proposalLines(number, proposal, { entry, effects })) say(line);
    const by = exceptions.length === 0 ? '' : `: ${exceptions.join(', ')}`;
    entries.push({ entry, comment: `from ${counted(from, 'accepted finding')}${by}` });
  });
  for (const refusal of found.refusals) for (const line of refusalLines(refusal)) say(line);
  return entries;
}

function* eventIDs(findings: Iterable<Finding>): Generator<string> {
  for (const { eventID } of findings) if (eventID !== null) yield eventID;
}
