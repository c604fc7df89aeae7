/** Reads the YAML of a Sigma rule as a Rule. */
import { HuntError } from '../../errors.js';
import type { Condition } from '../condition/condition.js';
import type { Rule } from '../rule.js';
import { SEVERITIES, type Severity } from '../severity.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { textsOf, MappingReader } from '../../yaml/mapping.js';
import type { YamlMap, YamlNode } from '../../yaml/parse.js';
import { mitreOf } from './attack-tags.js';
import { readCondition } from './condition/parse.js';
import { readSearches } from './detection/searches.js';
import { readFieldName } from './detection/field.js';
import { otherLogsource } from './logsource.js';

/** A document with one of these keys is Sigma's. */
const MARKS = new Set(['logsource', 'detection', 'correlation', 'filter', 'action']);

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

/** With one of these and no log source, a document is Panther's, and has `detection` for `Detection`. */
const OTHER_MARKS = new Set(['AnalysisType', 'RuleID', 'LogTypes']);

/** Whether a document is Sigma's. The keys of Panther's rules begin with a capital letter. */
export function isSigma(document: YamlNode): document is YamlMap {
  if (document.kind !== 'map') return false;
  const keys = document.entries.map(({ key }) => key);
  const isOther = keys.some((key) => OTHER_MARKS.has(key)) && !keys.includes('logsource');
  return keys.some((key) => MARKS.has(key)) && !isOther;
}

/**
 * Why a Sigma document is no rule about single events of CloudTrail, with `reason` for a count of such documents; undefined
 * if it is one. Throws a HuntError where its log source is missing or malformed.
 */
export function otherThanRule(
  document: YamlMap,
): { readonly reason: string; readonly error: HuntError } | undefined {
  const correlation = document.entries.find(({ key }) => key === 'correlation');
  if (correlation !== undefined)
    return {
      reason: 'Sigma correlations',
      error: new HuntError(
        'RULE',
        'correlation: a correlation counts events: a hunt tests each event alone; hunt the rules that it names by themselves',
        { at: correlation.at },
      ),
    };
  const error = otherLogsource(required(document, 'logsource'));
  return error && { reason: 'rules about other logs', error };
}

/** The rule of a Sigma document about CloudTrail. Throws a HuntError with line and column on what cannot be hunted. */
export function readSigma(document: YamlMap, file: string): Rule {
  required(document, 'title');
  // A Sigma rule may have keys of its own, so no key is unknown.
  const keys = document.entries.map(({ key }) => key);
  const words = new MappingReader(document, keys, { what: 'the rule', code: 'RULE' });
  const name = words.required('title');
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
    condition: readDetection(required(document, 'detection'), 'detection'),
    alert: undefined,
    outputFields: outputFieldsOf(words.get('fields')),
    tests: [],
    file,
  };
}

/** The value of a key that a document must have. Throws a HuntError with the nearest key that it has instead. */
export function required(document: YamlMap, key: string): YamlNode {
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

/** The condition of a `detection`, or of a `filter`; `what` is which of them. */
export function readDetection(detection: YamlNode, what: 'detection' | 'filter'): Condition {
  if (detection.kind !== 'map')
    throw new HuntError('RULE', `${what} must be a mapping`, { at: detection.at });
  const condition = detection.entries.find(({ key }) => key === 'condition');
  if (condition === undefined)
    throw new HuntError('RULE', `${what} needs a condition`, { at: detection.at });
  return readCondition(condition.value, readSearches(detection));
}

/** Fields that CloudTrail does not have are left out. */
function outputFieldsOf(node: YamlNode | undefined): readonly string[] {
  if (node === undefined) return [];
  return textsOf(node, 'fields', 'RULE').filter((name) => readFieldName(name, node.at).known);
}
