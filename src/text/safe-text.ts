/**
 * Makes text from logs harmless to show. A log may contain anything, so what a reader cannot see, what reorders a line, what
 * controls a terminal and what draws over other lines becomes a visible escape, `\uXXXX`. Each part of a report is made safe
 * where it is written. `netted` makes the whole text of every format safe again when it is written out, in case a part was
 * forgotten. This is not enough for Markdown, HTML and CSV, which escape more.
 *
 * Names in all scripts stay readable. Two things that some need are escaped nevertheless, because anywhere else they hide a
 * difference between two names: the joiners of Persian and Sinhala, and the wide space of Japanese.
 */

/**
 * Scripts in which an ordinary letter carries up to four marks: पढ़ें, မြို့. In all others two are the most (ệ, ที่), and more are
 * there to draw over the lines above.
 */
const MANY_MARKS = 'Beng Deva Gujr Guru Hebr Khmr Knda Mlym Mymr Orya Sinh Taml Telu Tibt'
  .split(' ')
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/** An emoji, with the invisible characters that choose its form or join it to others. It counts as one character. */
const EMOJI = '\\p{ExtPict}[\\ufe0f\\p{EMod}]?(?:\\u200d\\p{ExtPict}[\\ufe0f\\p{EMod}]?)*';

/**
 * What is escaped. Unassigned code points are not: which they are differs between versions of Node.
 * - Controls; characters that only format (zero-width, bidirectional, tags); unpaired surrogates; noncharacters.
 * - Characters without ink: those that Unicode calls ignorable (invisible letters, fillers, variation selectors), every blank but
 *   the space, and a few symbols that are drawn as nothing.
 * - Marks on nothing, and marks piled on marks.
 */
const HIDDEN = [
  '[[\\p{Cc}\\p{Cf}\\p{Cs}\\p{NChar}\\p{DI}\\p{Z}\\u2800\\ufffc\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}]--[ ]]',
  '(?<![^\\p{Z}\\p{Cc}\\p{Cf}])\\p{M}',
  `(?<=\\p{M}{2})[\\p{M}--[${MANY_MARKS}]]`,
  '(?<=\\p{M}{4})\\p{M}',
].join('|');

/**
 * Code units of which some may be escaped; without Latin, Greek, Chinese, Japanese and Korean letters and ordinary punctuation.
 * A search for them takes a tenth of the time of a search for `HIDDEN`, and most texts have none.
 */
const SUSPECT =
  '\\u000b-\\u001f\\u007f-\\u00a0\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u20d0-\\u20ff' +
  '\\u2139-\\u3040\\u3099-\\u309a\\u3130-\\u33ff\\ua000-\\uabff\\ud7b0-\\uffff';

/** Escapes everything that is hidden. */
export type Net = (text: string) => string;

/** Made when a text first needs it: it takes milliseconds, and most runs never do. */
let hidden: RegExp | undefined;
let characters: RegExp | undefined;

/** `kept`: the control characters that stay. */
function net(kept: '' | '\n' | '\t\n'): Net {
  const others = ['\t', '\n'].filter((control) => !kept.includes(control)).join('');
  const suspects = new RegExp(`[\\u0000-\\u0008${others}${SUSPECT}]+`, 'g');
  const escaped = (found: string, isHidden?: string): string =>
    isHidden === undefined || kept.includes(found) ? found : escape(found);
  return (text) =>
    text.replace(suspects, (run, at: number) => {
      hidden ??= new RegExp(`${EMOJI}|(${HIDDEN})`, 'gv');
      // What stands before decides whether a mark has a letter. It is never escaped itself.
      const before = text.slice(Math.max(at - 1, 0), at);
      return (before + run).replace(hidden, escaped).slice(before.length);
    });
}

/** One line of text in which nothing is hidden and nothing controls a terminal. */
export const safeLine: Net = net('');

/** Whether somebody who reads a text may take it for another one. */
export function hides(text: string): boolean {
  return safeLine(text) !== text;
}

/** The same over several lines. */
export const safeLines: Net = net('\n');

/** The same for a cell of a table, which may have tabs and line feeds. */
export const safeCell: Net = net('\t\n');

/** The colours of a report. */
const COLOUR = /(\u001b\[(?:[12]|22|3[1-69])m)/;

/** Lines for a terminal, which may be coloured. */
export function safeScreen(text: string): string {
  return text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 0 ? safeLines(part) : part))
    .join('');
}

/** JSON text with the same value, in which nothing is hidden or controls a terminal. Line feeds between tokens stay. */
export function safeJson(json: string): string {
  return safeLines(json);
}

/** The text of a report as it leaves, however it was made. */
export function* netted(pieces: Iterable<string>, safe: Net): Generator<string> {
  for (const piece of pieces) yield safe(piece);
}

/** What a reader sees as one character, or a mark on it. */
export interface Character {
  readonly text: string;
  /** Whether `safeLine` writes it as an escape. */
  readonly isEscaped: boolean;
}

/** The characters of a text as a reader sees them: an emoji is one. It says which of them `safeLine` would escape. */
export function* charactersIn(text: string): Generator<Character> {
  characters ??= new RegExp(`${EMOJI}|(${HIDDEN})|.`, 'gsv');
  for (const [one, isHidden] of text.matchAll(characters))
    yield { text: one, isEscaped: isHidden !== undefined };
}

/** Each UTF-16 unit as `\uXXXX`. */
function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');
}
