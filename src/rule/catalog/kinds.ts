/** The kinds of calls: what an event was for, by `queries/kinds.yml`. */
import { fieldsOf, type Condition, type FieldPath } from '../condition/condition.js';
import { compiled, type Holds } from '../condition/holds.js';
import { textTest } from '../condition/text-test.js';
import { remembering } from '../../text/remembering.js';
import { useOf } from '../panther/shared.js';
import { builtInFile } from './built-in.js';
import { surroundings } from './surroundings.js';

const NAMED = ['change', 'access', 'credential', 'operation'] as const;

/** `read` and `other` are alone: an event of none of the kinds before them. */
export type CallKind = (typeof NAMED)[number] | 'read' | 'other';

/** Gives the text of a field; null if it is missing. */
export type TextAt = (field: FieldPath) => string | null;

export type KindsOf = (textAt: TextAt) => readonly CallKind[];

let known: KindsOf | undefined;

/** The kinds of an event by its fields, in the order of the list. The tables are read for the first event. */
export const kindsOf: KindsOf = (textAt) => (known ??= readKinds())(textAt);

function readKinds(): KindsOf {
  // Any rule of the pack sees the tables.
  const file = builtInFile('any-manual-change');
  const use = useOf(surroundings().shared(file));
  const conditionOf = (name: string): Condition => use(name, { file, line: 1, column: 1 });
  const mutating = conditionOf('mutating');
  const named = NAMED.map((kind) => ({ kind, condition: conditionOf(`kind-${kind}`) }));
  const tests = named.map(({ kind, condition }) => ({ kind, holds: holdsOf(condition) }));
  const isMutating = holdsOf(mutating);
  const fields = [
    ...new Map(
      [mutating, ...named.map(({ condition }) => condition)]
        .flatMap(fieldsOf)
        .map((field) => [field.join('.'), field]),
    ).values(),
  ];
  // A log has few calls, and each is tried against hundreds of names.
  const ofTexts = remembering(
    (key): readonly CallKind[] => {
      const texts = JSON.parse(key) as readonly (string | null)[];
      const byName = new Map(fields.map((field, index) => [field.join('.'), texts[index] ?? null]));
      const textAt: TextAt = (field) => byName.get(field.join('.')) ?? null;
      const own = tests.filter(({ holds }) => holds(textAt) === true).map(({ kind }) => kind);
      return own.length > 0 ? own : [isMutating(textAt) === true ? 'other' : 'read'];
    },
    { most: 10_000, longest: 1000 },
  );
  return (textAt) => ofTexts(JSON.stringify(fields.map(textAt)));
}

/** The tables have only tests of texts. */
function holdsOf(condition: Condition): Holds<TextAt> {
  return compiled(condition, (leaf) => {
    if (leaf.kind !== 'test') throw new Error(`a table of calls cannot have "${leaf.kind}"`);
    const holds = textTest(leaf);
    return (textAt) => holds(textAt(leaf.field));
  });
}
