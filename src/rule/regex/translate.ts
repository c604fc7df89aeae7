/**
 * Regular expressions that Athena (Joni) and DuckDB (RE2) read alike. What the two, or PCRE, would read differently is
 * written out (`\d`, `.`, the case of letters) or refused, so that a rule means one thing wherever it runs.
 */
import { HuntError, type SourcePosition } from '../../errors.js';
import { bothCases, setText, type Range } from './characters.js';
import { readEscape } from './escapes.js';

/** RE2 repeats nothing more often. */
const MOST_REPEATS = 1000;

/**
 * The expression for both engines, which search it anywhere in a text. Throws a HuntError that names the construct
 * where there is no such expression.
 */
export function portableRegex(source: string, at?: SourcePosition): string {
  return new Translator(source, at).expression();
}

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** A part, and how often at most its innermost piece is repeated. */
interface Piece {
  readonly text: string;
  readonly repeats: number;
}

class Translator {
  private next = 0;
  private flags: Flags = { i: false, m: false, s: false };
  private readonly source: string;
  private readonly at: SourcePosition | undefined;

  constructor(source: string, at: SourcePosition | undefined) {
    this.source = source;
    this.at = at;
  }

  expression(): string {
    const { text } = this.alternatives();
    return this.next < this.source.length ? this.fail('a ) without its (') : text;
  }

  private alternatives(): Piece {
    const pieces = [this.sequence()];
    while (this.take('|')) pieces.push(this.sequence());
    return {
      text: pieces.map(({ text }) => text).join('|'),
      repeats: Math.max(...pieces.map(({ repeats }) => repeats)),
    };
  }

  private sequence(): Piece {
    let text = '';
    let repeats = 1;
    while (this.next < this.source.length && !/^[|)]/.test(this.rest())) {
      const piece = this.quantified(this.atom());
      text += piece.text;
      repeats = Math.max(repeats, piece.repeats);
    }
    return { text, repeats };
  }

  /** A part that stands for text; an anchor or a flag has no quantifier. */
  private atom(): Piece | { readonly text: string; readonly repeats: undefined } {
    const piece = (text: string): Piece => ({ text, repeats: 1 });
    const anchor = (text: string) => ({ text, repeats: undefined });
    if (this.take('(')) return this.group();
    if (this.take('^')) return anchor(this.flags.m ? '(?m:^)' : '\\A');
    if (this.take('$')) return anchor(this.flags.m ? '(?m:$)' : '\\z');
    if (this.take('\\A')) return anchor('\\A');
    if (this.take('\\z')) return anchor('\\z');
    if (this.take('.')) return piece(this.flags.s ? '(?:[^\\x0A]|\\x0A)' : '[^\\x0A]');
    if (this.take('[')) return piece(this.set());
    if (/^([*+?]|\{\d+(,\d*)?\})/.test(this.rest())) this.fail('a quantifier of nothing');
    return piece(this.oneOf(this.character(), false));
  }

  private group(): Piece | { readonly text: string; readonly repeats: undefined } {
    const outer = this.flags;
    const [all, on = '', off = '', end] = /^\?([ims]*)(?:-([ims]+))?([:)])/.exec(this.rest()) ?? [];
    if (all !== undefined) {
      this.next += all.length;
      const flag = (name: keyof Flags): boolean =>
        (outer[name] || on.includes(name)) && !off.includes(name);
      this.flags = { i: flag('i'), m: flag('m'), s: flag('s') };
      // Flags without a colon hold to the end of the group around them.
      if (end === ')') return { text: '', repeats: undefined };
    } else if (!this.takeName()) this.refuseGroup();
    const { text, repeats } = this.alternatives();
    if (!this.take(')')) this.fail('a ( without its )');
    this.flags = outer;
    return { text: `(?:${text})`, repeats };
  }

  private takeName(): boolean {
    const [name] = /^\?P?<\w+>/.exec(this.rest()) ?? [];
    this.next += name?.length ?? 0;
    return name !== undefined || !this.rest().startsWith('?');
  }

  private refuseGroup(): never {
    const rest = this.rest();
    if (/^\?<?[=!]/.test(rest)) return this.fail('lookaround');
    if (rest.startsWith('?>')) return this.fail('an atomic group');
    return this.fail(`the group (${rest.slice(0, 2)}`);
  }

  private quantified(atom: Piece | { readonly text: string; readonly repeats: undefined }): Piece {
    const [all, kind = '', min = '', comma, max = ''] =
      /^([*+?]|\{(\d+)(,)?(\d*)\})/.exec(this.rest()) ?? [];
    if (all === undefined) return { text: atom.text, repeats: atom.repeats ?? 1 };
    if (atom.repeats === undefined) return this.fail('a quantifier of nothing');
    const counted = kind.startsWith('{');
    const most = Math.max(Number(min), Number(max), 1);
    const repeats = atom.repeats * (counted ? most : 1);
    if (counted && max !== '' && Number(max) < Number(min))
      this.fail('a range that runs backwards');
    if (repeats > MOST_REPEATS) this.fail(`more than ${MOST_REPEATS} repetitions`);
    this.next += all.length;
    const lazy = this.take('?') ? '?' : '';
    if (this.rest().startsWith('+')) this.fail('a possessive quantifier');
    if (/^([*?]|\{\d+(,\d*)?\})/.test(this.rest())) this.fail('a quantifier of a quantifier');
    const text = counted ? `{${Number(min)}${comma ?? ''}${max}}` : kind;
    return { text: `${atom.text}${text}${lazy}`, repeats };
  }

  private set(): string {
    const negated = this.take('^');
    const ranges: Range[] = [];
    do {
      if (this.next >= this.source.length) this.fail('a [ without its ]');
      if (/^\[[:.=]/.test(this.rest())) this.fail('a POSIX class');
      const from = this.character();
      const isRange = /^-[^\]]/.test(this.rest());
      if (isRange) this.next += 1;
      const to = isRange ? this.character() : from;
      const [first, last] = [from[0]?.[0], to.at(-1)?.[1]];
      if (isRange && (from.length > 1 || to.length > 1 || from === to))
        this.fail('a range of classes');
      if (first !== undefined && last !== undefined && isRange) {
        if (last < first) this.fail('a range that runs backwards');
        ranges.push([first, last]);
      } else ranges.push(...from);
    } while (!this.take(']'));
    return this.oneOf(ranges, negated);
  }

  private oneOf(ranges: readonly Range[], negated: boolean): string {
    return setText(this.flags.i ? bothCases(ranges) : ranges, negated);
  }

  private character(): readonly Range[] {
    if (this.take('\\')) {
      const { length, ranges } = readEscape(this.rest(), (construct) => this.fail(construct));
      this.next += length;
      return ranges;
    }
    const point = this.source.codePointAt(this.next) ?? 0;
    this.next += point > 0xffff ? 2 : 1;
    return [[point, point]];
  }

  private rest(): string {
    return this.source.slice(this.next);
  }

  private take(text: string): boolean {
    const found = this.source.startsWith(text, this.next);
    if (found) this.next += text.length;
    return found;
  }

  private fail(construct: string): never {
    throw new HuntError(
      'RULE',
      `regular expression, sign ${this.next + 1}: ${construct} cannot be had: the engines do not read it alike`,
      this.at === undefined ? {} : { at: this.at },
    );
  }
}
