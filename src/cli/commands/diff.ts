/** `hunt diff BEFORE AFTER`: how two reports differ. */
import { diffOf, isDifferent } from '../../diff/diff.js';
import { renderDiffJson } from '../../diff/json.js';
import type { Diff } from '../../diff/model.js';
import { diffBlocks } from '../../diff/page.js';
import { chunked } from '../../report/chunks.js';
import { netted, safeLines, safeScreen } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { formatFlag, requiredArgument } from '../options/flags/flag.js';
import { printPieces, terminalOptions } from '../terminal/print.js';
import type { CommandContext } from '../context.js';
import { openReport } from '../reports/open.js';

const FORMATS = ['table', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];

export const diffCommand = defineCommand({
  name: 'diff',
  description:
    'compare two reports, JSON or HTML: findings that are new, gone or changed, and what differs in the question and in what was read',
  arguments: {
    before: requiredArgument('<before>', 'the earlier report, or - for standard input'),
    after: requiredArgument('<after>', 'the later report'),
  },
  options: {
    output: {
      heading: 'Output:',
      flags: {
        format: formatFlag(
          FORMATS,
          'table for a terminal; markdown for tickets; json for programs',
        ),
      },
    },
  },
  async run({ arguments: { before, after }, options }, context) {
    const opened = await openReport(before, context);
    const other = await openReport(after, context);
    const diff = diffOf({ path: before, opened }, { path: after, opened: other });
    const pieces = await piecesOf(diff, options.output.format, context);
    const net = terminalOptions(context).color ? safeScreen : safeLines;
    await printPieces(netted(chunked(pieces), net), context);
    opened.close();
    other.close();
    return isDifferent(diff) ? EXIT.findings : EXIT.complete;
  },
});

async function piecesOf(
  diff: Diff,
  format: Format,
  context: CommandContext,
): Promise<Iterable<string>> {
  switch (format) {
    case 'table': {
      const { linesOnScreen } = await import('../../report/terminal/render.js');
      return linesOnScreen(diffBlocks(diff), terminalOptions(context));
    }
    case 'markdown': {
      const { markdownOf } = await import('../../report/markdown/render.js');
      return markdownOf(diffBlocks(diff));
    }
    case 'json':
      return renderDiffJson(diff);
    default:
      return format satisfies never;
  }
}
