/** Rules that cannot be used, as lines for standard error: each with the line of its file. */
import type { RefusedRule, SkipCount } from '../../report/report.js';
import { skipText } from '../../report/skip-text.js';
import { safeLine } from '../../text/safe-text.js';
import { sourceExcerpt } from './source-excerpt.js';

/** So many are shown with the lines of their files. A folder of another product may have thousands. */
const SHOWN = 200;

/** The lines; the last one counts what is not shown. */
export function refusalText(refused: readonly RefusedRule[]): readonly string[] {
  const more = refused.length - SHOWN;
  return [
    ...refused
      .slice(0, SHOWN)
      .flatMap(({ file, line, column, reason }) => [
        safeLine(`${file}:${line}:${column}: ${reason}`),
        ...sourceExcerpt({ file, line, column }),
      ]),
    ...(more > 0 ? [`and ${more} more; the json report names them all`] : []),
  ];
}

/** How many rules were refused, as a sentence. */
export function refusedText(count: number): string {
  return `${count} ${count === 1 ? 'rule' : 'rules'} could not be used`;
}

/** How many documents were skipped, and why. */
export function skippedText(skipped: readonly SkipCount[]): string {
  return skipped.map(skipText).join(', ');
}
