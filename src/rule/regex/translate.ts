/**
 * Translates a regular expression into one that Athena (Joni) and DuckDB (RE2) read alike. Where the two, or PCRE, differ
 * (`\d`, `.`, the case of letters), the meaning is spelt out or the expression is refused, so that a rule means the same on
 * every engine.
 */
import type { SourcePosition } from '../../errors.js';
import { MOST_LEVELS } from '../depth.js';
import { bothCases, setText, type Range } from './characters.js';
import { Cursor } from './cursor.js';
import { openGroup, type Flags } from './groups.js';
import { anchor, character, either, EMPTY, END, sequence, START, type Piece } from './piece.js';
import { readQuantifier } from './quantifiers.js';
import { readCharacter, readSet } from './set.js';

/**
 * The expression for both engines, which look for it anywhere in a text. Throws a HuntError that names the construct where it
 * cannot be translated.
 */
export function portableRegex(source: string, at?: SourcePosition): string {
  const before = translated.get(source);
  if (before !== undefined) return before;
  const expression = new Translator(new Cursor(source, at)).expression();
  rememberTranslation(source, expression);
  return expression;
}

/** Saves the time of translating an expression, where it was translated before. */
export function rememberTranslation(source: string, expression: string): void {
  if (translated.size === MOST_REMEMBERED) translated.clear();
  translated.set(source, expression);
}

/** Shared expressions repeat a regular expression many times in one rule. */
const translated = new Map<string, string>();
const MOST_REMEMBERED = 1000;

class Translator {
  private flags: Flags = { i: false, m: false, s: false };
  /** Whether the expression has anything before the cursor: there, a `^` would be inside. */
  private begun = false;
  /** How many groups are open. */
  private depth = 0;
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  expression(): string {
    const { text, hasOpenLineStart, matchesEveryEnd } = this.alternatives();
    if (!this.cursor.atEnd) this.cursor.fail('a ) without its (');
    // Joni does not find an empty match at the very end.
    if (matchesEveryEnd) this.cursor.fail('a $ with nothing before it (it matches every text)');
    // After a line feed at the end of a text, RE2 sees the beginning of a line, and Joni does not.
    if (hasOpenLineStart) this.cursor.fail('a ^ of lines that needs no character after it');
    return text;
  }

  private alternatives(): Piece {
    const { begun } = this;
    let all = this.sequence();
    while (this.cursor.take('|')) {
      this.begun = begun;
      all = either(all, this.sequence());
    }
    return all;
  }

  private sequence(): Piece {
    let all = EMPTY;
    while (!this.cursor.atEnd && !/^[|)]/.test(this.cursor.rest)) {
      // DuckDB gives wrong results where anything follows a `\z` or comes before a `\A`.
      if (all.endsText) this.cursor.fail('a $ inside');
      const piece = readQuantifier(this.cursor, this.atom());
      this.begun ||= piece.text !== '';
      all = sequence(all, piece);
    }
    return all;
  }

  private atom(): Piece {
    const { cursor, flags } = this;
    if (cursor.take('(')) return this.group();
    if (cursor.take('^'))
      return flags.m ? { ...anchor('(?m:^)'), hasOpenLineStart: true } : this.start();
    if (cursor.take('$')) return flags.m ? anchor('(?m:$)') : END;
    if (cursor.take('\\A')) return this.start();
    if (cursor.take('\\z')) return END;
    if (cursor.take('.')) return character(flags.s ? '(?:[^\\x0A]|\\x0A)' : '[^\\x0A]');
    if (/^([*+?]|\{\d+(,\d*)?\})/.test(cursor.rest)) cursor.fail('a quantifier of nothing');
    const { ranges, negated } = cursor.take('[')
      ? readSet(cursor)
      : { ranges: readCharacter(cursor), negated: false };
    return character(this.oneOf(ranges, negated));
  }

  private start(): Piece {
    return this.begun ? this.cursor.fail('a ^ inside') : START;
  }

  private group(): Piece {
    const outer = this.flags;
    const { flags, isWhole } = openGroup(this.cursor, outer);
    this.flags = flags;
    // Flags without a group of their own hold to the end of the group around them. They cannot be repeated.
    if (!isWhole) return { ...EMPTY, hasAnchor: true };
    this.depth += 1;
    if (this.depth > MOST_LEVELS) this.cursor.fail(`a group inside ${MOST_LEVELS} others`);
    const inner = this.alternatives();
    this.depth -= 1;
    if (!this.cursor.take(')')) this.cursor.fail('a ( without its )');
    this.flags = outer;
    return inner.text === '' ? inner : { ...inner, text: `(?:${inner.text})` };
  }

  private oneOf(ranges: readonly Range[], negated: boolean): string {
    return setText(this.flags.i ? bothCases(ranges) : ranges, negated);
  }
}
