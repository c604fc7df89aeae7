/** Says whether a Sigma rule is about CloudTrail, by its `logsource`. */
import { HuntError } from '../../errors.js';
import { textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';

const WANTED: Readonly<Record<string, string>> = { product: 'aws', service: 'cloudtrail' };

/**
 * The error that names the log source, where it is not CloudTrail; undefined for CloudTrail: `service: cloudtrail`, with or
 * without `product: aws`. Throws a HuntError where the log source is malformed.
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
  const named = given.map(({ key, value }) => `${key}: ${value}`).join(', ') || 'nothing';
  return new HuntError(
    'RULE',
    `the rule is about other logs (${named}): only product: aws, service: cloudtrail can be hunted`,
    { at: wrong?.at ?? node.at },
  );
}
