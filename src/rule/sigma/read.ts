/** Reads the YAML of a Sigma rule as a Rule. */
import { HuntError } from '../../errors.js';
import type { Rule } from '../rule.js';
import { SEVERITIES, type Severity } from '../severity.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { textsOf, MappingReader } from '../../yaml/mapping.js';
import type { YamlMap, YamlNode } from '../../yaml/parse.js';
import { mitreOf } from './attack-tags.js';
import { readCondition } from './condition/parse.js';
import { readSearches } from './detection/searches.js';
import { readFieldName } from './detection/field.js';
import { checkLogsource } from './logsource.js';

/** Keys of Sigma documents that are not rules about single events. */
const REFUSED: Readonly<Record<string, string>> = {
  correlation: 'a correlation counts events: a hunt tests each event alone',
  filter: 'a filter changes other rules: write its condition into the rule',
  action: 'a collection of rules is not read: give each rule a file of its own',
};

/** A document with one of these keys is Sigma's. */
const MARKS = new Set(['logsource', 'detection', ...Object.keys(REFUSED)]);

/** The keys of the specification. A missing key is never a misspelling of one of these. */
const KEYS = new Set([
  'title',
  'id',
  'related',
  'name',
  'taxonomy',
  'status',
  'description',
  'license',
  'author',
  'references',
  'date',
  'modified',
  'logsource',
  'detection',
  'fields',
  'falsepositives',
  'level',
  'tags',
  'scope',
]);

/** Whether a document is Sigma's. The keys of Panther's rules begin with a capital letter. */
export function isSigma(document: YamlNode): document is YamlMap {
  return document.kind === 'map' && document.entries.some(({ key }) => MARKS.has(key));
}

/** The rule of a Sigma document. Throws a HuntError with line and column on what cannot be hunted. */
export function readSigma(document: YamlMap, file: string): Rule {
  for (const { key, at } of document.entries) {
    const reason = REFUSED[key];
    if (reason !== undefined) throw new HuntError('RULE', `${key}: ${reason}`, { at });
  }
  required(document, 'title');
  // A Sigma rule may have keys of its own, so no key is unknown.
  const keys = document.entries.map(({ key }) => key);
  const words = new MappingReader(document, keys, { what: 'the rule', code: 'RULE' });
  const name = words.required('title');
  checkLogsource(required(document, 'logsource'));
  const tags = words.texts('tags') ?? [];
  return {
    id: words.text('id') || name,
    name,
    severity: severityOf(words),
    description: words.text('description')?.trim(),
    runbook: undefined,
    reference: words.texts('references')?.join(' '),
    tags,
    mitre: mitreOf(tags),
    parameters: [],
    condition: conditionOf(required(document, 'detection')),
    alert: undefined,
    outputFields: outputFieldsOf(words.get('fields')),
    tests: [],
    file,
  };
}

function required(document: YamlMap, key: string): YamlNode {
  const entry = document.entries.find((one) => one.key === key);
  if (entry !== undefined) return entry.value;
  // Every key is allowed, so a misspelt key shows only by the one that is missing.
  const near = didYouMean(
    key,
    document.entries.map((one) => one.key).filter((one) => !KEYS.has(one)),
  );
  throw new HuntError('RULE', `the rule needs ${key}.${near}`, { at: document.at });
}

function severityOf(words: MappingReader): Severity {
  const level = words.text('level') ?? 'medium';
  const levels = ['informational', 'low', 'medium', 'high', 'critical'];
  const severity = SEVERITIES[levels.indexOf(level.toLowerCase())];
  if (severity !== undefined) return severity;
  const at = words.get('level')?.at ?? words.at;
  throw new HuntError('RULE', `unknown level "${level}".${didYouMean(level, levels)}`, { at });
}

function conditionOf(detection: YamlNode): Rule['condition'] {
  if (detection.kind !== 'map')
    throw new HuntError('RULE', 'detection must be a mapping', { at: detection.at });
  const condition = detection.entries.find(({ key }) => key === 'condition');
  if (condition === undefined)
    throw new HuntError('RULE', 'detection needs a condition', { at: detection.at });
  return readCondition(condition.value, readSearches(detection));
}

/** Fields that CloudTrail does not have are left out. */
function outputFieldsOf(node: YamlNode | undefined): readonly string[] {
  if (node === undefined) return [];
  return textsOf(node, 'fields', 'RULE').filter((name) => readFieldName(name, node.at).known);
}
