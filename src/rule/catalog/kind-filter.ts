/** The kinds of calls as a filter, `--kind`: which rules look for them, and which calls are left. What a kind is, is data. */
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { OF_OPTIONS } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';
import { useOf } from '../panther/shared.js';
import { builtInFile } from './built-in.js';
import { KIND_WORDS, RULE_OF_KIND } from './kind-words.js';
import { surroundings } from './surroundings.js';

/** The IDs of the rules that find all calls of these kinds. */
export function rulesOfKinds(kinds: readonly string[]): readonly string[] {
  return [...new Set(kinds.flatMap((kind) => RULE_OF_KIND.get(kind) ?? []))];
}

/** The kinds that texts such as `change,access` name, each once. Throws a HuntError if there is no such kind. */
export function readKinds(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => text.split(',')).map((word) => word.trim().toLowerCase());
  const wrong = words.find((word) => !RULE_OF_KIND.has(word));
  if (wrong === undefined) return [...new Set(words)];
  throw new HuntError(
    'USAGE',
    `--kind ${JSON.stringify(wrong)}: kinds are ${KIND_WORDS}.${didYouMean(wrong, RULE_OF_KIND.keys())}`,
  );
}

/** The condition that a call is of one of the kinds. */
export function kindCondition(kinds: readonly string[]): Condition {
  const use = useOf(surroundings().shared(builtInFile('any')));
  const of = kinds.map((kind) => use(`kind-${kind}`, OF_OPTIONS));
  return { kind: 'any', of, text: `of kind ${kinds.join(' or ')}` };
}
