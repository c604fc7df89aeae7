/** From the YAML of a rule in hunt's own format to a Rule. */
import { HuntError } from '../../errors.js';
import { fieldNames, placeOf } from '../../cloudtrail/fields.js';
import { isObject } from '../../cloudtrail/json.js';
import { ALERT_WORDS, readAlert } from './alert.js';
import { conjunctsOf, testsOf, type Condition } from '../condition.js';
import { readDetection } from './detection.js';
import type { Parameter, Rule, RuleTest } from '../rule.js';
import { readSeverity } from '../severity.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { Words } from '../../yaml/words.js';
import { jsonOf } from '../../yaml/yaml-json.js';
import type { YamlNode } from '../../yaml/yaml.js';

const RULE_KEYS = [
  'AnalysisType',
  'Filename',
  'RuleID',
  'DisplayName',
  'Enabled',
  'LogTypes',
  'Reports',
  'Tags',
  'Severity',
  'Description',
  'Runbook',
  'Reference',
  'DedupPeriodMinutes',
  'Threshold',
  'Parameters',
  'Detection',
  'OutputFields',
  'Tests',
  'InlineFilters',
  ...ALERT_WORDS,
  // What these say is for a platform that sends alerts, and changes no finding.
  'OutputIds',
  'SummaryAttributes',
  'OnlyUseBaseRiskScore',
  'CreateAlert',
  'Status',
];

/** Words of other platforms that would change what is found, and cannot be had in a hunt. */
const MEANINGLESS: Readonly<Record<string, string>> = {
  Threshold: 'a hunt shows every event and counts towards no threshold',
  ScheduledQueries: 'a hunt reads logs, not the results of queries',
  BaseDetection: 'derived rules are not resolved: write the whole rule',
  Lookups: 'a hunt looks nothing up outside the logs',
};

/** The rule of a document; `file` names it. Throws a HuntError with line and column on anything it does not know. */
export function readNative(document: YamlNode, file: string): Rule {
  refuseMeaningless(document);
  const words = new Words(document, RULE_KEYS, 'the rule', 'RULE');
  const type = words.text('AnalysisType') ?? 'rule';
  if (type !== 'rule')
    words.fail(`AnalysisType ${type} cannot be hunted: only "rule" can`, 'AnalysisType');
  const logTypes = words.texts('LogTypes') ?? [];
  if (!logTypes.includes('AWS.CloudTrail'))
    words.fail('LogTypes must have AWS.CloudTrail', 'LogTypes');
  const enabled = words.text('Enabled') ?? 'true';
  if (!/^(true|false)$/i.test(enabled)) words.fail('Enabled must be true or false', 'Enabled');
  const detection = words.get('Detection');
  if (detection === undefined) return words.fail('the rule needs a Detection (Python is not run)');
  const id = words.required('RuleID');
  const rule: Rule = {
    id,
    name: words.text('DisplayName') ?? id,
    severity: readSeverity(words.text('Severity') ?? 'Medium', words, 'Severity'),
    description: words.text('Description')?.trim(),
    runbook: words.text('Runbook')?.trim(),
    reference: words.text('Reference'),
    tags: words.texts('Tags') ?? [],
    mitre: readMitre(words.get('Reports')),
    parameters: readParameters(words.get('Parameters')),
    condition: withFilters(readDetection(detection), words.get('InlineFilters')),
    alert: readAlert(words),
    outputFields: readOutputFields(words),
    tests: readTests(words.get('Tests')),
    file,
  };
  checkParameters(rule);
  return rule;
}

function readOutputFields(words: Words): readonly string[] {
  const fields = words.texts('OutputFields') ?? [];
  const unknown = fields.find((field) => placeOf(field.split('.')) === undefined);
  if (unknown === undefined) return fields;
  const near = didYouMean(unknown, fieldNames());
  return words.fail(
    `OutputFields: the CloudTrail table has no field ${unknown}.${near}`,
    'OutputFields',
  );
}

function refuseMeaningless(document: YamlNode): void {
  for (const { key, value, at } of document.kind === 'map' ? document.entries : []) {
    const reason = MEANINGLESS[key];
    const isOne = key === 'Threshold' && value.kind === 'scalar' && value.text === '1';
    if (reason !== undefined && !isOne) throw new HuntError('RULE', `${key}: ${reason}`, { at });
  }
}

/** Inline filters are match expressions that must hold too. */
function withFilters(detection: Condition, filters: YamlNode | undefined): Condition {
  if (filters === undefined) return detection;
  const parts = [detection, readDetection(filters)];
  return { kind: 'all', of: parts.flatMap(conjunctsOf) };
}

function readMitre(node: YamlNode | undefined): Rule['mitre'] {
  if (node === undefined) return [];
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'Reports must be a mapping', { at: node.at });
  const known = new Words(
    node,
    node.entries.map((entry) => entry.key),
    'Reports',
    'RULE',
  );
  return (known.texts('MITRE ATT&CK') ?? []).map((label) => {
    const parts = /^(TA\d{4})(?::(T\d{4}(?:\.\d{3})?))?$/.exec(label);
    if (!parts?.[1])
      return known.fail(`"${label}" is no TACTIC:TECHNIQUE of MITRE ATT&CK, like TA0005:T1562`);
    return { tactic: parts[1], technique: parts[2] };
  });
}

function readParameters(node: YamlNode | undefined): readonly Parameter[] {
  if (node === undefined) return [];
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'Parameters must be a mapping', { at: node.at });
  return node.entries.map(({ key, value, at }) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key))
      throw new HuntError('RULE', `parameter "${key}" must be upper-case, like PROD_ACCOUNT_IDS`, {
        at,
      });
    const words = new Words(value, ['Description', 'Default'], `parameter ${key}`, 'RULE');
    return {
      name: key,
      description: words.text('Description'),
      default: words.texts('Default') ?? words.fail(`parameter ${key} needs a Default`),
      at,
    };
  });
}

function checkParameters(rule: Rule): void {
  const names = rule.parameters.map((parameter) => parameter.name);
  const severities = rule.alert?.severities.map(({ when }) => when) ?? [];
  for (const { values, at } of [rule.condition, ...severities].flatMap(testsOf)) {
    if ('parameter' in values && !names.includes(values.parameter))
      throw new HuntError(
        'RULE',
        `$${values.parameter} is not among the rule's Parameters.${didYouMean(values.parameter, names)}`,
        { at },
      );
  }
}

function readTests(node: YamlNode | undefined): readonly RuleTest[] {
  if (node === undefined) return [];
  if (node.kind !== 'list') throw new HuntError('RULE', 'Tests must be a list', { at: node.at });
  return node.items.map((item) => {
    const words = new Words(item, ['Name', 'LogType', 'ExpectedResult', 'Log'], 'a test', 'RULE');
    const expected = words.required('ExpectedResult').toLowerCase();
    if (expected !== 'true' && expected !== 'false')
      words.fail('ExpectedResult must be true or false');
    const log = words.get('Log');
    const event = log && jsonOf(log);
    if (!isObject(event)) return words.fail('Log must be an event');
    return {
      name: words.required('Name'),
      expected: expected === 'true',
      log: event,
      at: words.at,
    };
  });
}
