/** Severities, as rules write them. */
import { didYouMean } from '../text/did-you-mean.js';
import { type Words } from '../yaml/words.js';

export const SEVERITIES = ['Info', 'Low', 'Medium', 'High', 'Critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The severity that a word names, in any case; fails where there is none such. */
export function readSeverity(text: string, words: Words, key: string): Severity {
  return (
    SEVERITIES.find((level) => level.toLowerCase() === text.toLowerCase()) ??
    words.fail(`unknown severity "${text}".${didYouMean(text, SEVERITIES)}`, key)
  );
}
