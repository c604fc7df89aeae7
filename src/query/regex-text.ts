/** The texts that every match of a regular expression has in it. */

/** The escapes of one character that is none of its own: a class, or a control character. */
const CLASS_OR_CONTROL = /[dDwWsSaefnrt]/;
const LETTER_OR_DIGIT = /[A-Za-z\d]/;

/**
 * Runs of characters that stand in all that an expression finds. Undefined for an expression with alternatives, groups or flags, of
 * which nothing is said.
 */
export function textsInMatches(source: string): readonly string[] | undefined {
  const characters = Array.from(source);
  const runs: string[][] = [[]];
  const run = (): string[] => runs.at(-1) ?? [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    switch (character) {
      case '(':
      case ')':
      case '|':
        return undefined;
      case '*':
      case '?':
        // What stands before it may be absent.
        run().pop();
        runs.push([]);
        break;
      case '{': {
        run().pop();
        runs.push([]);
        index = characters.indexOf('}', index);
        if (index < 0) return undefined;
        break;
      }
      case '[': {
        const end = endOfSet(characters, index);
        if (end === undefined) return undefined;
        index = end;
        runs.push([]);
        break;
      }
      case '+':
      case '.':
      case '^':
      case '$':
        runs.push([]);
        break;
      case '\\': {
        index += 1;
        const escaped = characters[index] ?? '';
        if (CLASS_OR_CONTROL.test(escaped)) runs.push([]);
        else if (LETTER_OR_DIGIT.test(escaped)) return undefined;
        else run().push(escaped);
        break;
      }
      default:
        run().push(character);
    }
  }
  return runs.map((own) => own.join('')).filter((text) => text !== '');
}

/** Undefined for a set in which another bracket stands, of which the end is not plain. */
function endOfSet(characters: readonly string[], start: number): number | undefined {
  const first = characters[start + 1] === '^' ? start + 2 : start + 1;
  for (let index = first; index < characters.length; index++) {
    const character = characters[index];
    if (character === '[') return undefined;
    if (character === '\\') index += 1;
    // The first bracket of a set is one of its characters.
    else if (character === ']' && index > first) return index;
  }
  return undefined;
}
