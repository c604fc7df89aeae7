/** Writes texts as lines that fit a terminal. Text from a log cannot control the terminal. */
import { safeLine } from '../../text/safe-text.js';
import { columnsIn, splitWord, truncate, truncateStart } from '../../text/width.js';
import { plainText, type Text } from '../page/blocks/text.js';
import type { Screen } from './screen.js';

const INDENT = '  ';
/** The most lines for one text, so that a log cannot fill the screen. */
const MOST_LINES = 12;
/** The longest ARN has 2,048 characters. */
const LONGEST_REFERENCE = 2048;

interface Layout {
  /** Goes before the first line. Further lines are indented more. */
  readonly indent?: string;
  readonly mostLines?: number;
  /** How much more, in columns. */
  readonly hanging?: number;
}

/** A text on one line, cut to the width of the screen. Paths are shortened first. */
export function oneLine(of: Text, screen: Screen, indent = INDENT): string {
  const room = screen.width - indent.length;
  return indent + truncate(safeLine(plainText(withShortEnds(of, room))).trimEnd(), room);
}

function withShortEnds(of: Text, room: number): Text {
  if (!of.some((part) => typeof part !== 'string' && part.keep === 'end')) return of;
  const columns = columnsIn(plainText(of));
  if (columns <= room) return of;
  return of.map((part) => {
    if (typeof part === 'string' || part.keep === 'start') return part;
    const others = columns - columnsIn(part.value);
    return { ...part, value: truncateStart(part.value, room - others) };
  });
}

/**
 * A text over as many lines as it needs, up to a limit. A URL, an ARN or a path stays in one piece, so that it can be copied:
 * where it is longer than a line, the terminal breaks it.
 */
export function wrapped(of: Text, screen: Screen, layout: Layout = {}): readonly string[] {
  const { indent = INDENT, mostLines = MOST_LINES, hanging = INDENT.length } = layout;
  const room = screen.width - indent.length - hanging;
  const words = truncate(safeLine(plainText(of)), mostLines * room).split(' ');
  const lines: string[] = [];
  let columns = Infinity;
  for (const word of words.flatMap((part) => (isReference(part) ? part : splitWord(part, room)))) {
    const own = columnsIn(word);
    const fits = columns + own < room;
    columns = fits ? columns + 1 + own : own;
    if (fits) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) =>
    `${indent}${index === 0 ? '' : ' '.repeat(hanging)}${line}`.trimEnd(),
  );
}

/** Whether a word is a URL, an ARN or a path, of a length that one can have. */
function isReference(word: string): boolean {
  return word.length <= LONGEST_REFERENCE && /arn:|\//.test(word);
}

interface BesideLayout {
  readonly screen: Screen;
  readonly mostLines?: number | undefined;
}

/** A text over several lines, to the right of a label. */
export function beside(
  label: string,
  of: Text,
  { screen, mostLines = MOST_LINES }: BesideLayout,
): readonly string[] {
  const indent = ' '.repeat(label.length);
  return wrapped(of, screen, { indent, mostLines }).map((line, index) =>
    index === 0 ? label + line.slice(label.length) : line,
  );
}
