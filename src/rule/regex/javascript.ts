/** A regular expression of a rule for this process, with the meaning that it has on the engines. */
import type { SourcePosition } from '../../errors.js';
import { portableRegex } from './translate.js';

/** Throws a HuntError that names the construct where it cannot be translated. */
export function javascriptRegex(source: string, at?: SourcePosition): RegExp {
  const own = portableRegex(source, at)
    // With the flag `u`, JavaScript refuses to escape signs that mean nothing to it.
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => `\\x${sign.charCodeAt(0).toString(16)}`)
    // The engines' words for the ends of texts and lines are not JavaScript's. Its `m` would change all of them at once.
    .replaceAll('(?m:^)', '(?<![^\\x0A])')
    .replaceAll('(?m:$)', '(?![^\\x0A])')
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$');
  return new RegExp(own, 'u');
}
