/** `hunt init --check`: says what in the logs is not as `hunt.yml` says. */
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import type { Config } from '../options/hunt-yml/config.js';
import { printPieces } from '../terminal/print.js';
import { checked, checkLines, worthALook } from './check-screen.js';
import { linesOf, tellCode, type InitHunt } from './tell.js';

/** Prints the comparison, and gives the exit code. */
export async function checkConfig(
  hunt: InitHunt,
  config: Config,
  context: CommandContext,
): Promise<number> {
  const comparison = checked(hunt.result.report, config, context.now);
  await printPieces(linesOf(checkLines(comparison, config.path)), context);
  hunt.result.onWritten();
  const code = tellCode(hunt, context);
  return code === EXIT.complete && worthALook(comparison) > 0 ? EXIT.findings : code;
}
