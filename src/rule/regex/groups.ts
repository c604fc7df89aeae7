/** Reads the beginning of a group of a regular expression, after its `(`. */
import type { Cursor } from './cursor.js';

export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/**
 * The flags inside a group. `isWhole` is false for `(?i)`, which only sets flags. The name of a group is dropped: without
 * backreferences nothing refers to it.
 */
export function openGroup(
  cursor: Cursor,
  outer: Flags,
): { readonly flags: Flags; readonly isWhole: boolean } {
  const [all, on = '', off = '', end] = /^\?([ims]*)(?:-([ims]+))?([:)])/.exec(cursor.rest) ?? [];
  if (all !== undefined) {
    cursor.skip(all.length);
    const flag = (name: keyof Flags): boolean =>
      (outer[name] || on.includes(name)) && !off.includes(name);
    return { flags: { i: flag('i'), m: flag('m'), s: flag('s') }, isWhole: end === ':' };
  }
  const [name = ''] = /^\?P?<[A-Za-z_]\w*>/.exec(cursor.rest) ?? [];
  cursor.skip(name.length);
  if (name === '') refuse(cursor);
  return { flags: outer, isWhole: true };
}

function refuse(cursor: Cursor): void {
  const { rest } = cursor;
  if (/^\?<?[=!]/.test(rest))
    cursor.fail(
      'lookaround',
      'the engines do not read it alike. Test what must not match in a match expression of its own, as with DoesNotMatchRegex',
    );
  if (rest.startsWith('?>')) cursor.fail('an atomic group');
  if (/^[?*]/.test(rest)) cursor.fail(`the group (${rest.slice(0, 2)}`);
}
