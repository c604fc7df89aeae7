/**
 * The new name of a thing, where a call without a describer gives it one: `UpdateApplication` with `newApplicationName`,
 * `UpdateRepositoryName` with `oldName` and `newName`. This goes by how AWS names parameters.
 */
import type { Description } from '../change.js';
import { parentsOf, within } from './thing.js';
import type { Parameter } from './parameters.js';
import type { NamedCall } from './words.js';

const VERBS: ReadonlySet<string> = new Set(['change', 'modify', 'move', 'rename', 'update']);
const ENDINGS = ['name', 'identifier'];

/** Empty for other verbs, and where the request lacks one of the two names or both are the same. */
export function renaming(
  { verb, noun, thing }: NamedCall,
  request: readonly Parameter[],
): Pick<Description, 'renames'> {
  if (verb === undefined || !VERBS.has(verb)) return {};
  const own = thing.replace(/name$/, '');
  const word = noun.replace(/ name$/, '');
  const valueOf = (names: readonly string[]): string | undefined =>
    request.find(({ path, values }) => values.length === 1 && names.includes(path.toLowerCase()))
      ?.values[0];
  const spelt = [...ENDINGS.map((ending) => `${own}${ending}`), 'name'];
  const newName = valueOf(spelt.map((name) => `new${name}`));
  const name = valueOf(
    ['current', 'old', ''].flatMap((before) => spelt.map((one) => before + one)),
  );
  if (name === undefined || newName === undefined || name === newName) return {};
  const parents = parentsOf(request, { thing: own, isWithinAll: false });
  const keyOf = (text: string): string =>
    `${word} ${within(
      text,
      parents.filter((parent) => parent !== name),
    )}`;
  return { renames: [{ resource: keyOf(name), name, newResource: keyOf(newName), newName }] };
}
