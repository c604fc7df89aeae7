/** The kinds of calls: what an event was for, by `queries/kinds.yml`. */
import { fieldsOf, type Condition, type FieldPath } from '../condition/condition.js';
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
  const conditionOf = (name: string): Condition => use(name, { file, line: 1, column: 1 });
  const mutating = conditionOf('mutating');
  const named = NAMED.map((kind) => ({ kind, condition: conditionOf(`kind-${kind}`) }));
  const tests = named.map(({ kind, condition }) => ({ kind, holds: holdsOf(condition) }));
  const isMutating = holdsOf(mutating);
  const fields = [
    ...new Set(
      [mutating, ...named.map(({ condition }) => condition)].flatMap(fieldsOf).map(nameOf),
    ),
  ];
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

/** The tables have only tests of texts. */
function holdsOf(condition: Condition): Holds<TextOf> {
  return compiled(condition, (leaf) => {
    if (leaf.kind !== 'test') throw new Error(`a table of calls cannot have "${leaf.kind}"`);
    const holds = textTest(leaf);
    const name = nameOf(leaf.field);
    return (textOf) => holds(textOf(name));
  });
}

function nameOf(field: FieldPath): string {
  return field.join('.');
}
