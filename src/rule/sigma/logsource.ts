/** Checks that a Sigma rule is about CloudTrail, by its `logsource`. */
import { HuntError } from '../../errors.js';
import { textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';

/** Throws a HuntError that names the log source, where it is not CloudTrail. */
export function checkLogsource(node: YamlNode): void {
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'logsource must be a mapping', { at: node.at });
  const given = ['category', 'product', 'service'].flatMap((key) => {
    const entry = node.entries.find((one) => one.key === key);
    if (entry === undefined) return [];
    return [{ key, value: textOf(entry.value, `logsource: ${key}`, 'RULE'), at: entry.value.at }];
  });
  const wanted: Readonly<Record<string, string>> = { product: 'aws', service: 'cloudtrail' };
  const wrong = given.find(({ key, value }) => value.toLowerCase() !== wanted[key]);
  const missing = Object.keys(wanted).find((key) => !given.some((one) => one.key === key));
  if (wrong === undefined && missing === undefined) return;
  const named = given.map(({ key, value }) => `${key}: ${value}`).join(', ') || 'nothing';
  throw new HuntError(
    'RULE',
    `the rule is about other logs (${named}): only product: aws, service: cloudtrail can be hunted`,
    { at: wrong?.at ?? node.at },
  );
}
