/** The kinds of calls: what an event was for, by `queries/kinds.yml`. */
import type { Condition } from '../condition/condition.js';
import { compiled, type Holds } from '../condition/holds.js';
import { textTest } from '../condition/text-test.js';
import { remembering } from '../../text/remembering.js';
import { useOf } from '../panther/shared.js';
import { aroundPack, builtInFile } from './built-in.js';

const NAMED = ['change', 'access', 'credential', 'operation'] as const;

/** `read` and `other` are alone: an event of none of the kinds before them. */
export type CallKind = (typeof NAMED)[number] | 'read' | 'other';

/** Gives the text of a field by its path, with dots; null if it is missing. */
type TextOf = (field: string) => string | null;

export type KindsOf = (textOf: TextOf) => readonly CallKind[];

let known: KindsOf | undefined;

/** The kinds of an event by its fields, in the order of the list. The tables are read for the first event. */
export const kindsOf: KindsOf = (textOf) => (known ??= readKinds())(textOf);

function readKinds(): KindsOf {
  // Any rule of the pack sees the tables.
  const file = builtInFile('any-manual-change');
  const use = useOf(aroundPack().shared(file));
  const tested = new Set<string>();
  const read = (name: string): Holds<TextOf> =>
    holdsOf(use(name, { file, line: 1, column: 1 }), tested);
  const isMutating = read('mutating');
  const tests = NAMED.map((kind) => ({ kind, holds: read(`kind-${kind}`) }));
  const fields = [...tested];
  // A log has few calls, and each is tried against hundreds of names.
  const ofTexts = remembering(
    (key): readonly CallKind[] => {
      const texts = JSON.parse(key) as readonly (string | null)[];
      const byName = new Map(fields.map((field, index) => [field, texts[index] ?? null]));
      const textOf: TextOf = (field) => byName.get(field) ?? null;
      const own = tests.filter(({ holds }) => holds(textOf) === true).map(({ kind }) => kind);
      return own.length > 0 ? own : [isMutating(textOf) === true ? 'other' : 'read'];
    },
    { most: 10_000, longest: 1000 },
  );
  return (textOf) => ofTexts(JSON.stringify(fields.map(textOf)));
}

/** Adds the fields that the condition tests to `fields`. The tables have only tests of texts. */
function holdsOf(condition: Condition, fields: Set<string>): Holds<TextOf> {
  return compiled(condition, (leaf) => {
    if (leaf.kind !== 'test') throw new Error(`a table of calls cannot have "${leaf.kind}"`);
    const holds = textTest(leaf);
    const name = leaf.field.join('.');
    fields.add(name);
    return (textOf) => holds(textOf(name));
  });
}
