/** The time line on a terminal: a line for each finding, or a few where the screen is narrow. */
import type { TimelineFinding, TimelineItem } from '../page/blocks/block.js';
import { plainText, type Text } from '../page/blocks/text.js';
import { safeLine } from '../../text/safe-text.js';
import { columnsIn } from '../../text/width.js';
import { wrapped } from './lines.js';
import type { Screen } from './screen.js';

const INDENT = '  ';
const INNER = '    ';

/** The lines of all items, made one item at a time. */
export function* timelineLines(items: Iterable<TimelineItem>, screen: Screen): Generator<string> {
  const { bold, cyan } = screen.colors;
  for (const item of items)
    switch (item.kind) {
      case 'day':
        yield bold(safeLine(plainText(item.text)));
        break;
      case 'run':
        for (const line of wrapped(item.text, screen, { indent: INDENT })) yield cyan(line);
        break;
      case 'finding':
        yield* findingLines(item, screen);
        break;
      default:
        item satisfies never;
    }
}

/**
 * Red where others may reach the resource, yellow where the resource may reach others or where the call failed: a new security
 * group reaches everyone by default and lets nobody in, but data can leave.
 */
function findingLines(finding: TimelineFinding, screen: Screen): readonly string[] {
  const { when, failure, exposure, change, disposition, alerts, rules, event } = finding;
  const { red, yellow, dim } = screen.colors;
  const marks = [failure, exposure?.text ?? null].flatMap((mark) => (mark === null ? [] : [mark]));
  const isSettled = disposition?.isSettled === true;
  const color = isSettled
    ? dim
    : exposure?.direction === 'ingress'
      ? red
      : failure !== null || exposure !== null
        ? yellow
        : (text: string) => text;
  // Before what the log says, which could otherwise pass for it.
  const said = [when, ...(disposition === null ? [] : [disposition.text]), ...marks, change];
  const tail = spaced(rules.length === 0 ? [event] : [rules, event]);
  const hanging = hangingOf(when, screen);
  const lines = wrapped(spaced(said), screen, { indent: INNER, hanging });
  const last = lines.at(-1) ?? '';
  const id = safeLine(plainText(tail));
  const fits = columnsIn(last) + columnsIn(id) + INDENT.length <= screen.width;
  const indent = INNER + ' '.repeat(hanging);
  return [
    ...lines.slice(0, -1).map(color),
    ...(fits
      ? [`${color(last)}${INDENT}${dim(id)}`]
      : [color(last), ...wrapped(tail, screen, { indent }).map(dim)]),
    ...alerts.flatMap((alert) => wrapped(alert, screen, { indent })),
  ];
}

/** Further lines stand below what follows the time, unless too little room is left. */
function hangingOf(when: Text, { width }: Screen): number {
  return Math.min(columnsIn(plainText(when)) + 2, Math.floor(width / 4));
}

/** Texts with two spaces between them. */
function spaced(texts: readonly Text[]): Text {
  return texts.flatMap((one, index) => (index === 0 ? one : ['  ', ...one]));
}
