/**
 * Regular expressions that Athena (Joni) and DuckDB (RE2) read alike. What the two, or PCRE, would read differently is
 * written out (`\d`, `.`, the case of letters) or refused, so that a rule means one thing wherever it runs.
 */
import type { SourcePosition } from '../../errors.js';
import { bothCases, setText, type Range } from './characters.js';
import { Cursor } from './cursor.js';
import { openGroup, type Flags } from './groups.js';
import { anchor, both, either, EMPTY, END, sign, START, type Piece } from './piece.js';
import { readQuantifier } from './quantifiers.js';
import { readCharacter, readSet } from './set.js';

/**
 * The expression for both engines, which search it anywhere in a text. Throws a HuntError that names the construct
 * where there is no such expression.
 */
export function portableRegex(source: string, at?: SourcePosition): string {
  return new Translator(new Cursor(source, at)).expression();
}

class Translator {
  private flags: Flags = { i: false, m: false, s: false };
  /** Whether anything stands before this place: then `^` would be inside. */
  private begun = false;
  private readonly cursor: Cursor;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  expression(): string {
    const { text, open, loose } = this.alternatives();
    if (!this.cursor.atEnd) this.cursor.fail('a ) without its (');
    // Joni does not look at the very end.
    if (loose) this.cursor.fail('a $ that nothing must come before (it matches every text)');
    // At the end of a text, after a line feed, RE2 begins a line, and Joni none.
    return open ? this.cursor.fail('a ^ of lines that no character must follow') : text;
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
      // DuckDB takes a wrong shortcut where anything follows a `\z` or comes before a `\A`.
      if (all.ends) this.cursor.fail('a $ inside');
      const piece = readQuantifier(this.cursor, this.atom());
      this.begun ||= piece.text !== '';
      all = both(all, piece);
    }
    return all;
  }

  private atom(): Piece {
    const { cursor, flags } = this;
    if (cursor.take('(')) return this.group();
    if (cursor.take('^')) return flags.m ? { ...anchor('(?m:^)'), open: true } : this.start();
    if (cursor.take('$')) return flags.m ? anchor('(?m:$)') : END;
    if (cursor.take('\\A')) return this.start();
    if (cursor.take('\\z')) return END;
    if (cursor.take('.')) return sign(flags.s ? '(?:[^\\x0A]|\\x0A)' : '[^\\x0A]');
    if (/^([*+?]|\{\d+(,\d*)?\})/.test(cursor.rest)) cursor.fail('a quantifier of nothing');
    const { ranges, negated } = cursor.take('[')
      ? readSet(cursor)
      : { ranges: readCharacter(cursor), negated: false };
    return sign(this.oneOf(ranges, negated));
  }

  private start(): Piece {
    return this.begun ? this.cursor.fail('a ^ inside') : START;
  }

  private group(): Piece {
    const outer = this.flags;
    const { flags, isWhole } = openGroup(this.cursor, outer);
    this.flags = flags;
    // Flags alone hold to the end of the group around them.
    if (!isWhole) return { ...EMPTY, anchored: true };
    const inner = this.alternatives();
    if (!this.cursor.take(')')) this.cursor.fail('a ( without its )');
    this.flags = outer;
    return inner.text === '' ? inner : { ...inner, text: `(?:${inner.text})` };
  }

  private oneOf(ranges: readonly Range[], negated: boolean): string {
    return setText(this.flags.i ? bothCases(ranges) : ranges, negated);
  }
}
