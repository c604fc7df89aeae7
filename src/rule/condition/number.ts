/** What counts as a number in a test. Casts and `Number()` take more, such as `inf` or ` 1`, and differ in it. */

/** The whole text of a number. Every engine and JavaScript read this pattern alike. */
export const NUMBER_PATTERN = '-?[0-9]{1,100}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?';

const NUMBER = new RegExp(`^(?:${NUMBER_PATTERN})$`);

/** Whether a text is a number in a test, on every engine. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}
