/** Each kind of block as lines of a terminal. */
import type {
  AttentionBlock,
  Block,
  ChartBlock,
  CountRow,
  ExclusionBlock,
  RuleRow,
  SeverityLevel,
  VerdictLine,
} from '../page/blocks/block.js';
import { sparkline } from '../page/blocks/sparkline.js';
import { plainText } from '../page/blocks/text.js';
import { factLines } from './facts.js';
import { recordLines } from './record-lines.js';
import { timelineLines } from './timeline-lines.js';
import { beside, oneLine, wrapped } from './lines.js';
import type { Screen } from './screen.js';

// Conditions may be long, because they list accounts.
const CONDITION_LINES = 6;
const LOSS_LINES = 40;
const ATTENTION_LINES = 2;
// A column of IDs must leave room for the names.
const WIDEST_ID = 60;
const INDENT = '  ';
const INNER = '      ';

type Color = (text: string) => string;

/** Whether the block has an empty line before it. */
export function isApart({ kind }: Block): boolean {
  return kind === 'title' || kind === 'heading' || kind === 'attention' || kind === 'verdict';
}

/** The lines of a block, in colour or plain. */
export function blockLines(block: Block, screen: Screen): Iterable<string> {
  const { bold, red, yellow } = screen.colors;
  switch (block.kind) {
    case 'title':
    case 'heading':
      return [bold(oneLine(block.text, screen, ''))];
    case 'classification': {
      const color = severityColor(block.severity, screen);
      return wrapped(block.text, screen, { indent: '' }).map(color);
    }
    case 'paragraph':
      return wrapped(block.text, screen, block.isWhole === true ? { mostLines: Infinity } : {});
    case 'facts':
      return factLines(block.facts, screen, INDENT);
    case 'item':
      return [
        ...wrapped(block.head, screen),
        ...block.details.flatMap((detail) =>
          wrapped(detail, screen, { indent: INNER, mostLines: Infinity }),
        ),
      ];
    case 'story':
      return [
        ...wrapped(block.head, screen, { mostLines: 4 }).map(bold),
        ...block.details.flatMap(({ text }) =>
          wrapped(text, screen, { indent: INNER, mostLines: 8 }),
        ),
      ];
    case 'counts':
      return countLines(block.rows, screen, { indent: INDENT, mostLines: CONDITION_LINES });
    case 'attention':
      return attentionLines(block, screen);
    // The stories and the time line say it, and a terminal has no room to say it twice.
    case 'breakdown':
      return [];
    case 'chart':
      return chartLines(block, screen);
    case 'timeline':
      return timelineLines(block.items, screen);
    case 'records':
      return recordLines(block.items, screen);
    case 'rules':
      return ruleLines(block.rows, screen);
    case 'exclusion':
      return exclusionLines(block, screen);
    case 'warning':
      return wrapped([`! ${block.message} [${block.code}]`], screen).map(yellow);
    case 'loss':
      return wrapped(block.text, screen, { mostLines: LOSS_LINES }).map(red);
    case 'signature':
      return signatureLines(block.fields);
    case 'verdict':
      return block.lines.flatMap((line) =>
        wrapped(line.text, screen, { indent: '' }).map(verdictColor(line, screen)),
      );
    default:
      return block satisfies never;
  }
}

/** The gravest finding of each reason: a terminal has no room for more, and all findings follow. */
function* attentionLines({ label, rows }: AttentionBlock, screen: Screen): Generator<string> {
  const { bold, red, yellow } = screen.colors;
  yield bold(oneLine(label, screen, ''));
  for (const { level, text, examples } of rows) {
    const [first] = examples;
    const of = first === undefined ? [] : [': ', ...first.text, ...first.by, ...first.ended];
    const color = level === 'danger' ? red : yellow;
    yield* wrapped([...text, ...of], screen, { mostLines: ATTENTION_LINES }).map(color);
  }
}

/** Nothing where it does not fit. */
function chartLines(block: ChartBlock, screen: Screen): readonly string[] {
  const line = sparkline(block);
  if (line === null || !screen.hasBars || INDENT.length + line.length > screen.width) return [];
  const legend = plainText(block.legend);
  const one = `${INDENT}${line}  ${legend}`;
  const { dim } = screen.colors;
  return one.length <= screen.width
    ? [`${INDENT}${line}  ${dim(legend)}`]
    : [INDENT + line, ...wrapped(block.legend, screen).map(dim)];
}

function severityColor(level: SeverityLevel, { colors }: Screen): Color {
  if (level === 'high') return colors.red;
  return level === 'medium' ? colors.yellow : (text) => text;
}

function verdictColor({ level }: VerdictLine, { colors }: Screen): Color {
  if (level === 'loss') return colors.red;
  if (level === 'note') return (text) => text;
  return level === 'caution' ? colors.yellow : colors.bold;
}

/** A line to write on for each field. */
function signatureLines(fields: readonly string[]): readonly string[] {
  const width = Math.max(...fields.map(({ length }) => length));
  return fields.flatMap((field) => ['', `${INDENT}${field.padEnd(width)}  ${'_'.repeat(40)}`]);
}

function countLines(
  rows: readonly CountRow[],
  screen: Screen,
  { indent, mostLines }: { readonly indent: string; readonly mostLines?: number },
): readonly string[] {
  const digits = Math.max(...rows.map(({ count }) => String(count).length));
  return rows.flatMap(({ count, text }) => {
    const head = `${indent}${String(count).padStart(digits)}  `;
    return beside(head, text, { screen, mostLines });
  });
}

function ruleLines(rows: readonly RuleRow[], screen: Screen): readonly string[] {
  const width = (of: (row: RuleRow) => string): number =>
    Math.max(...rows.map((row) => of(row).length));
  const digits = width(({ number }) => String(number));
  const counts = width(({ count }) => String(count));
  const severities = width(({ severityText }) => severityText);
  const ids = Math.min(
    width(({ id }) => plainText(id)),
    WIDEST_ID,
  );
  return rows.flatMap(({ number, count, severity, severityText, id, name }) => {
    const head = `${INDENT}[${number}]${' '.repeat(digits - String(number).length)} ${String(count).padStart(counts)}  ${severityText.padEnd(severities)}  `;
    const gap = ' '.repeat(Math.max(ids - plainText(id).length, 0) + 2);
    return beside(head, [...id, gap, ...name], { screen }).map(severityColor(severity, screen));
  });
}

function exclusionLines(block: ExclusionBlock, screen: Screen): readonly string[] {
  const { label, condition, hides, by, more } = block;
  const head = beside(`${INDENT}${plainText(label)}  `, condition, {
    screen,
    mostLines: CONDITION_LINES,
  });
  return [
    ...(hides ? head.map(screen.colors.yellow) : head),
    ...countLines(by, screen, { indent: INNER }),
    ...(more === null ? [] : [oneLine(more, screen, INNER)]),
  ];
}
