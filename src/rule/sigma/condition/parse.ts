/** Parses a Sigma `condition`, such as `selection and not 1 of filter_*`, into a Condition of its searches. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { Condition } from '../../condition/condition.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import type { YamlNode } from '../../../yaml/parse.js';
import { MOST_LEVELS } from '../../depth.js';
import { combine } from '../combine.js';
import { conditionWords, type ConditionWord } from './words.js';

/** The condition of a rule; the items of a list are alternatives. `searches` are the conditions by search identifier. */
export function readCondition(node: YamlNode, searches: ReadonlyMap<string, Condition>): Condition {
  if (node.kind === 'list' && node.items.length > 0)
    return combine(
      'any',
      node.items.map((item) => readCondition(item, searches)),
    );
  if (node.kind !== 'scalar')
    throw new HuntError('RULE', 'condition must be a text, or a list of texts', { at: node.at });
  return new Parser(conditionWords(node), searches, node.at).condition();
}

const QUANTIFIERS: ReadonlyMap<string, 'any' | 'all'> = new Map([
  ['1', 'any'],
  ['any', 'any'],
  ['all', 'all'],
]);

/** A recursive descent parser. Precedence, the weakest first: or, and, not, `1 of`, parentheses. */
class Parser {
  private next = 0;
  /** How many parentheses and `not` are open. */
  private depth = 0;
  private readonly words: readonly ConditionWord[];
  private readonly searches: ReadonlyMap<string, Condition>;
  private readonly at: SourcePosition;

  constructor(
    words: readonly ConditionWord[],
    searches: ReadonlyMap<string, Condition>,
    at: SourcePosition,
  ) {
    this.words = words;
    this.searches = searches;
    this.at = at;
  }

  condition(): Condition {
    const condition = this.or();
    const rest = this.words[this.next];
    if (rest === undefined) return condition;
    return this.fail(`"${rest.text}" is out of place: join with and, or`);
  }

  private or(): Condition {
    const parts = [this.and()];
    while (this.take('or')) parts.push(this.and());
    return combine('any', parts);
  }

  private and(): Condition {
    const parts = [this.not()];
    while (this.take('and')) parts.push(this.not());
    return combine('all', parts);
  }

  private not(): Condition {
    return this.take('not') ? this.below(() => ({ kind: 'not', of: this.not() })) : this.primary();
  }

  private primary(): Condition {
    if (this.take('(')) {
      const inner = this.below(() => this.or());
      return this.take(')') ? inner : this.fail('a closing parenthesis is missing');
    }
    const word = this.words[this.next];
    if (word === undefined) return this.fail('the condition ends where a search is expected');
    if (this.words[this.next + 1]?.text.toLowerCase() === 'of') return this.quantified(word);
    const search = this.searches.get(word.text);
    if (search === undefined) return this.unknown(word);
    this.next += 1;
    return search;
  }

  private quantified(quantifier: ConditionWord): Condition {
    const kind = QUANTIFIERS.get(quantifier.text.toLowerCase());
    if (kind === undefined)
      return this.fail(`"${quantifier.text} of" is not supported: only "1 of" and "all of" are`);
    this.next += 2;
    const word = this.words[this.next];
    if (word === undefined) return this.fail('the condition ends where a search is expected');
    const isThem = word.text.toLowerCase() === 'them' && !this.searches.has(word.text);
    const matches = isThem ? /^(?!_)/ : patternOf(word.text);
    const found = [...this.searches].filter(([name]) => matches.test(name));
    if (found.length === 0) return this.unknown(word);
    this.next += 1;
    return combine(
      kind,
      found.map(([, search]) => search),
    );
  }

  private below(read: () => Condition): Condition {
    this.depth += 1;
    if (this.depth > MOST_LEVELS) {
      this.next -= 1; // The word that opens the level was taken.
      this.fail(`the condition has more than ${MOST_LEVELS} levels of parentheses and not`);
    }
    const condition = read();
    this.depth -= 1;
    return condition;
  }

  private unknown(word: ConditionWord): never {
    const near = didYouMean(word.text.replaceAll('*', ''), this.searches.keys());
    return this.fail(`the detection has no "${word.text}".${near}`);
  }

  private take(word: string): boolean {
    const found = this.words[this.next]?.text.toLowerCase() === word;
    if (found) this.next += 1;
    return found;
  }

  private fail(message: string): never {
    throw new HuntError('RULE', message, { at: this.words[this.next]?.at ?? this.at });
  }
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
