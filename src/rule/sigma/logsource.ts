/** Says whether a Sigma rule is about CloudTrail, by its `logsource`. */
import { distance } from 'fastest-levenshtein';
import { HuntError, type SourcePosition } from '../../errors.js';
import { textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';

const WANTED: Readonly<Record<string, string>> = { product: 'aws', service: 'cloudtrail' };

/**
 * The error that names the log source, where it is not CloudTrail; undefined for CloudTrail: `service: cloudtrail`, with or
 * without `product: aws`. Throws a HuntError where the log source is malformed, or CloudTrail's with a typo: to skip it as a rule
 * about other logs would say nothing.
 */
export function otherLogsource(node: YamlNode): HuntError | undefined {
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'logsource must be a mapping', { at: node.at });
  const given = ['category', 'product', 'service'].flatMap((key) => {
    const entry = node.entries.find((one) => one.key === key);
    if (entry === undefined) return [];
    return [{ key, value: textOf(entry.value, `logsource: ${key}`, 'RULE'), at: entry.value.at }];
  });
  const wrong = given.find(({ key, value }) => value.toLowerCase() !== WANTED[key]);
  if (wrong === undefined && given.some(({ key }) => key === 'service')) return undefined;
  refuseMisspelt(given);
  const named = given.map(({ key, value }) => `${key}: ${value}`).join(', ') || 'nothing';
  return new HuntError(
    'RULE',
    `the rule is about other logs (${named}): only product: aws, service: cloudtrail can be hunted`,
    { at: wrong?.at ?? node.at },
  );
}

interface Given {
  readonly key: string;
  readonly value: string;
  readonly at: SourcePosition;
}

/** A shorter distance than between the names of any two services. */
const MOST_TYPOS = 2;

function refuseMisspelt(given: readonly Given[]): void {
  const service = given.find(({ key }) => key === 'service');
  // A rule without a service, or of another category, is about other logs, however its product is written.
  if (service === undefined || given.some(({ key }) => key === 'category')) return;
  const wrong = given.filter(({ key, value }) => value.toLowerCase() !== WANTED[key]);
  const [first, ...others] = wrong;
  if (first === undefined || others.length > 0) return;
  const wanted = WANTED[first.key] ?? '';
  if (distance(first.value.toLowerCase(), wanted) > MOST_TYPOS) return;
  throw new HuntError(
    'RULE',
    `unknown ${first.key} "${first.value}" in logsource. Did you mean "${wanted}"?`,
    { at: first.at },
  );
}
