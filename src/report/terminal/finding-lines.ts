/** Findings on a terminal: their heads in aligned columns, their details indented. */
import type { FindingBlock, FindingHead, FindingsBlock } from '../page/block.js';
import type { Text } from '../page/text.js';
import { aligned, columnWidths } from './columns.js';
import { oneLine, wrapped } from './lines.js';
import type { Screen } from './screen.js';

const INDENT = '      ';

/** The lines of all findings, made one finding at a time. */
export function* findingLines(block: FindingsBlock, screen: Screen): Generator<string> {
  const widths = columnWidths(cellsOfAll(block.heads), screen);
  for (const finding of block.findings) {
    yield screen.colors.bold(aligned(cellsOf(finding.head), widths, screen));
    yield* detailLines(finding, screen);
  }
}

function* cellsOfAll(heads: Iterable<FindingHead>): Generator<readonly Text[]> {
  for (const head of heads) yield cellsOf(head);
}

function cellsOf({ when, call, account, region }: FindingHead): readonly Text[] {
  return [when, call, account, region];
}

function detailLines(finding: FindingBlock, screen: Screen): readonly string[] {
  const { alert, failure, change, actor, evidence } = finding;
  return [
    ...(alert === null ? [] : wrapped(alert, screen, { indent: INDENT })),
    ...(failure === null
      ? []
      : wrapped(failure, screen, { indent: INDENT }).map(screen.colors.yellow)),
    ...(change === null ? [] : changeLines(change, screen)),
    ...wrapped(actor, screen, { indent: INDENT }),
    screen.colors.dim(oneLine(evidence, screen, INDENT)),
  ];
}

/**
 * Red if everyone may reach the resource. Yellow if the resource may reach everyone: a new security group allows this by
 * default and it lets nobody in, but data can leave.
 */
function changeLines(
  { text, exposure }: NonNullable<FindingBlock['change']>,
  screen: Screen,
): readonly string[] {
  const { red, yellow, cyan } = screen.colors;
  const color = exposure === null ? cyan : exposure.direction === 'ingress' ? red : yellow;
  return wrapped(text, screen, { indent: INDENT }).map(color);
}
