/** `hunt init`: prints a proposed configuration, or writes it to a file. */
import { initPlan, proposalsOf, type InitPlan } from '../../hunt/init/plan.js';
import { counted } from '../../text/counted.js';
import { inShell } from '../../text/in-shell.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import type { TableOptions } from '../options/flags/table-flags.js';
import { CONFIG_FILE } from '../options/hunt-yml/config.js';
import type { Selection } from '../options/rules/selection.js';
import type { Target } from '../options/target/target.js';
import { printPieces } from '../terminal/print.js';
import { configText } from './config-text.js';
import { writeNew } from './new-file.js';
import { initLines } from './screen.js';
import { linesOf, isWhole, tellCode, type InitHunt } from './tell.js';
import { accessFlags, whereLines } from './where.js';

interface Proposing {
  /** Undefined where the configuration is printed. */
  readonly file: string | undefined;
  readonly minDays: number;
  /** Names of accounts that are configured already. */
  readonly names: ReadonlyMap<string, string>;
  readonly target: Target;
  readonly table: TableOptions;
  readonly selection: Pick<Selection, 'given'>;
}

/** Writes or prints the proposal, and gives the exit code. Throws HuntErrors. */
export async function proposeConfig(
  hunt: InitHunt,
  { file, minDays, names, target, table, selection }: Proposing,
  context: CommandContext,
): Promise<number> {
  const { result, notify } = hunt;
  const plan = initPlan(result.report, minDays);
  const shown = linesOf(initLines(plan, names));
  const text = configText({
    plan,
    where: whereLines(target, file ?? CONFIG_FILE),
    names,
    limits: selection.given.map(({ option, values }) => `${option} ${values.join(',')}`),
    isWhole: isWhole(hunt),
  });
  if (file === undefined) {
    for (const line of shown) notify(line.trimEnd());
    await printPieces([text], context);
  } else {
    const isEmpty = plan.tallied.changes.count === 0;
    // First: whoever reads what is printed may stop before its end.
    if (!isEmpty) await writeNew(file, text, context.signal);
    await printPieces(shown, context);
    notify(
      isEmpty
        ? 'hunt: no change in these logs: nothing to propose, and no file written'
        : writtenText(file, plan, accessFlags(target, table)),
    );
  }
  result.onWritten();
  return tellCode(hunt, context);
}

/** What was written, and what to do next. */
function writtenText(file: string, { decisions }: InitPlan, flags: readonly string[]): string {
  const active = proposalsOf(decisions.values(), 'allow').length;
  const asked = proposalsOf(decisions.values(), 'ask').length;
  const counts = `${counted(active, 'entry', 'entries')} of allow, ${counted(asked, 'question')}`;
  const next = asked === 0 ? 'Read it' : 'Read it, answer the questions';
  const config = file === CONFIG_FILE ? [] : [`--config ${inShell(file)}`];
  const command = safeLine(['hunt', ...config, ...flags].join(' '));
  return `hunt: wrote ${safeLine(file)}: ${counts}. ${next}, then: ${command}`;
}
