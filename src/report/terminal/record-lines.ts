/** Findings with everything that is known of each, on a terminal. */
import type { RecordItem } from '../page/blocks/block.js';
import { text, type Text } from '../page/blocks/text.js';
import { factLines } from './facts.js';
import { wrapped } from './lines.js';
import type { Screen } from './screen.js';

const INDENT = '  ';
const INNER = '      ';

/** The lines of all items, made one item at a time. */
export function* recordLines(items: Iterable<RecordItem>, screen: Screen): Generator<string> {
  const { bold, red } = screen.colors;
  for (const item of items) {
    const { number, failure, exposure, head, facts } = item;
    const marks = [failure, exposure?.text ?? null].flatMap((mark) =>
      mark === null ? [] : [mark],
    );
    const line: Text = text`${[`#${number}`]}  ${marks.flatMap((mark) => [...mark, '  '])}${head}`;
    const color = exposure?.direction === 'ingress' ? red : bold;
    yield* wrapped(line, screen, { indent: INDENT }).map((one) => color(one));
    yield* factLines(facts, screen, INNER);
  }
}
