/** The tables of calls of the pack, as tests of one event. hunt says with them what a call is for and what it came to. */
import type { Condition } from '../condition/condition.js';
import { compiled, type Holds } from '../condition/holds.js';
import { textTest } from '../condition/text-test.js';
import { remembering } from '../../memory/remembering.js';
import { useOf } from '../panther/shared.js';
import { aroundPack, builtInFile } from './built-in.js';

/** The whole request. */
const REQUEST = 'requestParameters';

/** Gives the text of a field by its path, with dots; null if it is missing. */
export type TextOf = (field: string) => string | null;

/** The match expressions of the pack with these names that hold of an event, in the order of the names. */
export function callTable<Name extends string>(
  names: readonly Name[],
): (textOf: TextOf) => readonly Name[] {
  // Any rule of the pack sees the tables.
  const file = builtInFile('any-manual-change');
  const use = useOf(aroundPack().shared(file));
  const tested = new Set<string>();
  const tests = names.map((name) => ({
    name,
    holds: holdsOf(use(name, { file, line: 1, column: 1 }), tested),
  }));
  const holding = (textOf: TextOf): readonly Name[] =>
    tests.filter(({ holds }) => holds(textOf) === true).map(({ name }) => name);
  // What a request holds may have to be parsed, and few calls need it.
  const fields = [...tested].filter((field) => !field.includes('.') && field !== REQUEST);
  // A log has few calls, and each is tried against hundreds of names.
  const ofTexts = remembering(
    (key): { readonly names: readonly Name[]; readonly isAll: boolean } => {
      const texts = JSON.parse(key) as readonly (string | null)[];
      const byName = new Map(fields.map((field, index) => [field, texts[index] ?? null]));
      let isAll = true;
      const known = holding((field) => {
        isAll &&= byName.has(field);
        return byName.get(field) ?? null;
      });
      return { names: known, isAll };
    },
    { most: 10_000, longest: 1000 },
  );
  return (textOf) => {
    const { names: known, isAll } = ofTexts(JSON.stringify(fields.map(textOf)));
    return isAll ? known : holding(textOf);
  };
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
