/** The name of a call in words: `CreateDBInstance` is to *create* a `DB instance`. */
import { remembering } from '../../memory/remembering.js';
import { beforeVerb, withoutVersion } from '../call-name.js';
import { isVerb, type Verb } from '../verb.js';

/** What the first word of a call means, where it is no verb of ours. */
const VERBS: Readonly<Record<string, Verb>> = {
  describe: 'read',
  enter: 'start',
  get: 'read',
  head: 'read',
  list: 'read',
  lookup: 'read',
  search: 'read',
};
const WORDS_SHOWN = 12;
/** Names that have capitals inside, and are one word. */
const ONE_WORD = 'IPv[46]|OAuth2?|GitHub|GraphQL|MySQL|PostgreSQL|IoT(?![a-z])';
const WORD = new RegExp(
  `${ONE_WORD}|[A-Z]+[0-9]+(?![a-z])|[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]|[0-9]+`,
  'g',
);
const KEPT = new RegExp(`^(?:[A-Z]{2,}s?|(?!V)[A-Z]+[0-9]+|${ONE_WORD})$`);

export interface NamedCall {
  /** Undefined if the call's name does not begin with a verb. */
  readonly verb: Verb | undefined;
  /** The rest of the name: `DB instance`. */
  readonly noun: string;
  /** The noun as the names of parameters have it, in lower case: `dbinstance`. */
  readonly thing: string;
}

/** Remembers its answers, because a log has few different names of calls. */
export const namedCall = remembering(readName, { most: 1000, longest: 200 });

function readName(eventName: string): NamedCall {
  const [first = '', ...others] = wordsOf(
    withoutVersion(eventName).slice(beforeVerb(eventName).length),
  );
  const verb = isVerb(first) ? first : Object.hasOwn(VERBS, first) ? VERBS[first] : undefined;
  const noun = others.join(' ');
  const thing = noun.replaceAll(' ', '').toLowerCase();
  return { verb: noun === '' ? undefined : verb, noun, thing };
}

/** `DB instance`, `location S3`, `launch template`: an abbreviation stays as it is. */
export function wordsOf(name: string): readonly string[] {
  const parts = name.slice(0, 200).match(WORD) ?? [];
  return parts.slice(0, WORDS_SHOWN).map((part) => (KEPT.test(part) ? part : part.toLowerCase()));
}
