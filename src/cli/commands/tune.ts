/** `hunt tune REPORT [LOGS…]`: proposes exclusions from findings that somebody accepted, and writes them into hunt.yml. */
import { HuntError } from '../../errors.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { reasonsForThree } from '../reports/concerns.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exceptionsIfThere } from '../options/exceptions-file.js';
import { listArgument, requiredArgument } from '../options/flags/flag.js';
import { TUNE_FLAGS, type TuneOptions } from '../options/flags/tune-flags.js';
import { withAllowed } from '../options/hunt-yml/add-allowed.js';
import { CONFIG_FILE, configForHunt, type Config } from '../options/hunt-yml/config.js';
import { textIfThere } from '../files/read-file.js';
import { replaceFile } from '../files/replace-file.js';
import { openReport } from '../reports/open.js';
import { judgeOf } from '../tune/judge.js';
import { huntOf } from '../tune/other-hunt.js';
import { printed, type NumberedEntry, type NumberedProposal } from '../tune/print-proposals.js';
import { proposalsFor, type Proposal } from '../tune/propose.js';

export const tuneCommand = defineCommand({
  name: 'tune',
  description:
    'propose exclusions from findings of a report that somebody accepted, say what they would hide, and write them into hunt.yml',
  arguments: {
    report: requiredArgument('<report>', 'a JSON or HTML report, or - for standard input'),
    logs: listArgument('[path...]', 'logs on which the proposals are tried too, as for hunt'),
  },
  options: TUNE_FLAGS,
  async run({ arguments: { report: path, logs }, options }, context) {
    const { config, warnings } = configForHunt(options.general.config, logs);
    for (const { message } of warnings) context.stderr.write(`hunt: ${safeLine(message)}\n`);
    const opened = await openReport(path, context);
    try {
      const { report } = opened;
      const judge = judgeOf({
        report,
        // Without it, the report says alone what is accepted.
        exceptions: exceptionsIfThere(options.decisions.exceptions, config),
        only: options.decisions.exception,
        confirmed: options.decisions.confirmed,
        config,
        now: context.now,
      });
      const found = proposalsFor(report.findings, judge.judge);
      if (found.accepted === 0)
        throw new HuntError(
          'USAGE',
          `no finding of ${safeLine(path)} is accepted, or hunt.yml hides them already: accept some with hunt accept, and run this again`,
        );
      const proposals = chosen(found.proposals, options.entry.proposal);
      const other = await huntOf({ report, logs, options, config }, context);
      const entries = printed({ path, report, judge, proposals, found, other, options }, context);
      await writeEntries({ entries, options, config, isIgnored: warnings.length > 0 }, context);
      if (other === undefined) return EXIT.complete;
      const reasons = reasonsForThree(other.report, false);
      for (const line of reasons) context.stderr.write(`${line}\n`);
      return reasons.length > 0 ? EXIT.incomplete : EXIT.complete;
    } finally {
      opened.close();
    }
  },
});

/** Throws a HuntError for a number that no proposal has. */
function chosen(
  proposals: readonly Proposal[],
  numbers: readonly string[],
): readonly NumberedProposal[] {
  const wrong = numbers.find((text) => proposals[Number(text) - 1] === undefined);
  if (wrong !== undefined)
    throw new HuntError(
      'USAGE',
      `there is no proposal ${safeLine(wrong)}: ${counted(proposals.length, 'proposal')} in all`,
    );
  return proposals
    .map((proposal, index) => ({ ...proposal, number: index + 1 }))
    .filter(
      ({ number }) => numbers.length === 0 || numbers.some((text) => Number(text) === number),
    );
}

interface Writing {
  readonly entries: readonly NumberedEntry[];
  readonly options: TuneOptions;
  readonly config: Config | undefined;
  /** Whether there is a hunt.yml that may be evidence. */
  readonly isIgnored: boolean;
}

async function writeEntries(
  { entries, options, config, isIgnored }: Writing,
  { stderr, signal }: CommandContext,
): Promise<void> {
  const path = config?.path ?? options.general.config ?? CONFIG_FILE;
  const many = counted(entries.length, 'entry', 'entries');
  if (!options.entry.write) {
    if (entries.length > 0)
      stderr.write(
        `hunt: nothing is written: --write adds ${many} to allow of ${safeLine(path)}\n`,
      );
    return;
  }
  if (entries.length === 0) throw new HuntError('USAGE', 'there is nothing to write');
  if (isIgnored)
    throw new HuntError(
      'USAGE',
      `${path} lies inside the logs: if it is yours, name it with --config`,
    );
  const text = textIfThere(path);
  const changed = withAllowed(text ?? '', path, entries);
  await replaceFile({ path, text, changed }, signal);
  stderr.write(`hunt: wrote ${many} to allow of ${safeLine(path)}\n`);
}
