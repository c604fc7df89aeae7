/** Severities, as Panther's rules write them. */
import { didYouMean } from '../../text/did-you-mean.js';
import type { MappingReader } from '../../yaml/mapping.js';
import { SEVERITIES, type Severity } from '../severity.js';

/** The severity that a text names, in any case; `Medium` where the key is absent. Throws if there is no such severity. */
export function readSeverity(mapping: MappingReader, key: string): Severity {
  const text = mapping.text(key) ?? 'Medium';
  return (
    SEVERITIES.find((level) => level.toLowerCase() === text.toLowerCase()) ??
    mapping.fail(`unknown severity "${text}".${didYouMean(text, SEVERITIES)}`, key)
  );
}
