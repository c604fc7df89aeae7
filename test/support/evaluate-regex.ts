/** Regular expressions for the reference evaluator: JavaScript's own, for the part that it reads as PCRE does. */

/** The expression of a rule, whose flags stand before it: `(?is)…`. JavaScript's `.` stops at more than a line feed. */
export function plainRegex(source: string): RegExp {
  const [all = '', flags = ''] = /^\(\?([ims]+)\)/.exec(source) ?? [];
  return new RegExp(source.slice(all.length), `u${flags}`);
}
