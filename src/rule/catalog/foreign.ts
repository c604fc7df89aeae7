/** Names the formats of rules that other tools have, so that a person learns more than where the file is no YAML. */
import { HuntError } from '../../errors.js';
import type { YamlNode } from '../../yaml/parse.js';

/** Formats that are no YAML: by the name of the file, or by a line that no YAML has. */
const TEXTS: readonly (readonly [name: RegExp, line: RegExp, what: string])[] = [
  [/\.py$/i, /^(?:def \w+\(|from [\w.]+ import )/m, 'Python, which hunt does not run'],
  [/\.toml$/i, /^\[(?:rule|metadata)\]\s*$/m, "TOML, as Elastic's rules are"],
  [/\.yaral?$/i, /^rule \w+\s*(?::\s*\w+\s*)?\{\s*$/m, 'a rule of YARA or YARA-L'],
  [/\.spl$/i, /^[ \t\ufeff]*(?:\||search ).*\bsourcetype\s*=/m, "a search in Splunk's language"],
  [/\.(?:kql|csl)$/i, /^AWSCloudTrail\s*$/m, 'a query in KQL'],
  [/\.sql$/i, /^\s*(?:SELECT|WITH)\s/i, 'SQL'],
];

/** Formats in YAML or JSON: by keys of their documents. */
const DOCUMENTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['search', 'data_source'], 'a detection of Splunk'],
  [['search', 'how_to_implement'], 'a detection of Splunk'],
  [['query', 'queryFrequency'], 'a rule of Microsoft Sentinel'],
  [['query', 'tactics', 'requiredDataConnectors'], 'a query of Microsoft Sentinel'],
  [['query', 'language', 'rule_id'], 'a rule of Elastic'],
  [['rule', 'condition', 'output'], 'a rule of Falco'],
  [['queries', 'cases'], 'a rule of Datadog'],
];

/** What a file that is no YAML is, as an error; undefined for YAML and for what is unknown. */
export function foreignText(text: string, file: string): HuntError | undefined {
  if (/\.ya?ml$/i.test(file)) return undefined;
  const what = TEXTS.find(([name, line]) => name.test(file) || line.test(text))?.[2];
  return what === undefined ? undefined : foreign(what, { at: { file, line: 1, column: 1 } });
}

/** The same as `foreignText`, of parsed YAML or JSON. A list of rules is known by its first one. */
export function foreignDocument(document: YamlNode): HuntError | undefined {
  const first = document.kind === 'list' ? document.items[0] : document;
  if (first?.kind !== 'map') return undefined;
  const known = new Set(first.entries.map(({ key }) => key));
  const what = DOCUMENTS.find(([keys]) => keys.every((key) => known.has(key)))?.[1];
  return what === undefined ? undefined : foreign(what, { at: document.at });
}

function foreign(what: string, { at }: Pick<YamlNode, 'at'>): HuntError {
  return new HuntError('RULE', `this is ${what}: hunt takes YAML of Sigma or of Panther`, { at });
}
