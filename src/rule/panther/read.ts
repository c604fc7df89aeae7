/** Reads the YAML of a rule in Panther's format as a Rule. */
import { locationOf } from '../../cloudtrail/field/fields.js';
import { HuntError } from '../../errors.js';
import { MappingReader, textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import { conjunctsOf, testsOf, type Condition } from '../condition/condition.js';
import type { Parameter, Rule } from '../rule.js';
import { unknownField } from '../unknown-field.js';
import { ALERT_KEYS, readAlert } from './alert.js';
import { readDetection, readMatchExpressions, type Use } from './detection.js';
import { parsePlainPath } from './field-path.js';
import { checkParameters, readParameters } from './parameters.js';
import { readSeverity } from './severity.js';
import { readExclusions } from './exclusions.js';
import { isFileName, useOf, type Shared } from './shared.js';
import { readTests } from './tests.js';

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
  'Exclusions',
  'OutputFields',
  'Tests',
  'InlineFilters',
  ...ALERT_KEYS,
  // These are for a platform that sends alerts. They change no finding.
  'OutputIds',
  'SummaryAttributes',
  'OnlyUseBaseRiskScore',
  'CreateAlert',
  'Status',
];

/** Keys of Panther that would change which events match, and that a hunt cannot honour. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  Threshold: 'a hunt shows every event and counts towards no threshold',
  ScheduledQueries: 'a hunt reads logs, not the results of queries',
  BaseDetection: 'derived rules are not resolved: write the whole rule',
  Lookups: 'a hunt looks nothing up outside the logs',
};

/** Other documents of Panther, which no hunt needs. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  scheduled_rule: 'Panther scheduled rules',
  scheduled_query: 'Panther queries',
  saved_query: 'Panther queries',
  correlation_rule: 'Panther correlation rules',
  policy: 'Panther policies',
  pack: 'Panther packs',
  datamodel: 'Panther data models',
  global: 'Panther helpers',
  lookup_table: 'Panther lookup tables',
};

const PYTHON = 'Python rules';

const MARKS = new Set(['AnalysisType', 'RuleID', 'LogTypes', 'Detection']);

/** Whether a document looks like a rule, or another document, of Panther. */
export function isPanther(document: YamlNode): boolean {
  return document.kind === 'map' && document.entries.some(({ key }) => MARKS.has(key));
}

/**
 * Why a document is no rule about CloudTrail that says in YAML what it detects, with `reason` for a count of such documents;
 * undefined if it may be one.
 */
export function otherThanRule(
  document: YamlNode,
): { readonly reason: string; readonly error: HuntError } | undefined {
  const entry = (key: string) =>
    document.kind === 'map' ? document.entries.find((one) => one.key === key) : undefined;
  const fail = (message: string, at = document.at): HuntError =>
    new HuntError('RULE', message, { at });
  const type = entry('AnalysisType')?.value;
  const other =
    type?.kind === 'scalar' && Object.hasOwn(OTHER_TYPES, type.text)
      ? OTHER_TYPES[type.text]
      : undefined;
  if (type?.kind === 'scalar' && other !== undefined)
    return {
      reason: other,
      error: fail(`AnalysisType ${type.text} cannot be hunted: only "rule" can`, type.at),
    };
  if (entry('Filename') !== undefined && entry('Detection') === undefined)
    return {
      reason: PYTHON,
      error: fail('the rule needs a Detection (Python is not run)'),
    };
  const logs = entry('LogTypes')?.value;
  const types = logs?.kind === 'list' ? logs.items : logs === undefined ? [] : [logs];
  const isCloudTrail = (node: YamlNode): boolean =>
    node.kind === 'scalar' && node.text === 'AWS.CloudTrail';
  if (types.length > 0 && !types.some(isCloudTrail))
    return {
      reason: 'rules about other logs',
      error: fail('LogTypes must have AWS.CloudTrail', logs?.at),
    };
  return undefined;
}

/**
 * The same reason from a text that was not parsed; undefined in doubt. The documents of a detection pack in Python are many and
 * long, because of the events in their tests.
 */
export function otherInText(text: string): string | undefined {
  const [, type] = /^AnalysisType:[ \t]*["']?(\w+)["']?[ \t]*$/m.exec(text) ?? [];
  if (type === undefined || /^---/m.test(text.slice(3))) return undefined;
  if (type === 'rule' && /^Filename:/m.test(text) && !/^Detection:/m.test(text)) return PYTHON;
  return Object.hasOwn(OTHER_TYPES, type) ? OTHER_TYPES[type] : undefined;
}

/** The files that a rule at some path sees: those beside it, and in the folder above. */
export interface Surroundings {
  /** What rules share; undefined if the rule sees no shared file. */
  shared(ruleFile: string): Shared | undefined;
  /** The document of a file; undefined if the rule sees none of this name. */
  document(ruleFile: string, name: string): YamlNode | undefined;
}

/**
 * The rule of a document. `file` is its path, as errors name it; `around` gives other files, which are read only where the rule
 * uses them. Throws a HuntError with line and column on anything unknown.
 */
export function readPanther(document: YamlNode, file: string, around: Surroundings): Rule {
  refuseUnsupported(document);
  const mapping = new MappingReader(document, RULE_KEYS, { what: 'the rule', code: 'RULE' });
  const type = mapping.text('AnalysisType') ?? 'rule';
  if (type !== 'rule')
    mapping.fail(`AnalysisType ${type} cannot be hunted: only "rule" can`, 'AnalysisType');
  const logTypes = mapping.texts('LogTypes') ?? [];
  if (!logTypes.includes('AWS.CloudTrail'))
    mapping.fail('LogTypes must have AWS.CloudTrail', 'LogTypes');
  const enabled = mapping.text('Enabled') ?? 'true';
  if (!/^(true|false)$/i.test(enabled)) mapping.fail('Enabled must be true or false', 'Enabled');
  const detection =
    mapping.get('Detection') ?? mapping.fail('the rule needs a Detection (Python is not run)');
  const id = mapping.required('RuleID');
  const severity = readSeverity(mapping, 'Severity');
  let shared: Shared | undefined;
  const use: Use = (name, at) => {
    shared ??= around.shared(file);
    return useOf(shared)(name, at);
  };
  const detected = withFilters(
    readDetection(detection, 'Detection', use),
    mapping.get('InlineFilters'),
    use,
  );
  const list = mapping.text('Exclusions');
  const condition =
    list === undefined
      ? detected
      : allOf([...conjunctsOf(detected), ...exclusionsIn(list, { mapping, file, around, use })]);
  const alert = readAlert(mapping, use);
  const conditions = [condition, ...(alert?.severities ?? []).map(({ when }) => when)];
  return {
    id,
    name: mapping.text('DisplayName') ?? id,
    severity,
    description: mapping.text('Description')?.trim(),
    runbook: mapping.text('Runbook')?.trim(),
    reference: mapping.text('Reference'),
    tags: mapping.texts('Tags') ?? [],
    mitre: readMitre(mapping.get('Reports')),
    parameters: parametersOf(mapping, conditions, shared),
    condition,
    exclusionList: list,
    alert,
    outputFields: readOutputFields(mapping),
    tests: readTests(mapping.get('Tests')),
    file,
  };
}

/** First the parameters of the shared expressions that the rule uses, then its own. */
function parametersOf(
  mapping: MappingReader,
  conditions: readonly Condition[],
  shared: Shared | undefined,
): readonly Parameter[] {
  const own = readParameters(mapping.get('Parameters'));
  const others = shared?.parametersOf(conditions) ?? [];
  const twice = own.find(({ name }) => others.some((other) => other.name === name));
  if (twice !== undefined)
    throw new HuntError(
      'RULE',
      `parameter ${twice.name} comes with a shared expression that the rule uses: give this one another name`,
      { at: twice.at },
    );
  const parameters = [...others, ...own];
  checkParameters(conditions.flatMap(testsOf), parameters, 'the rule');
  return parameters;
}

function readOutputFields(mapping: MappingReader): readonly string[] {
  const fields = mapping.texts('OutputFields') ?? [];
  const list = mapping.get('OutputFields');
  for (const [index, field] of fields.entries()) {
    if (field.includes(',')) mapping.fail(`OutputFields are a list: [${field}]`, 'OutputFields');
    const path = parsePlainPath(field, mapping, 'OutputFields');
    const item = list?.kind === 'list' ? list.items[index] : list;
    if (locationOf(path) === undefined) throw unknownField(path, item?.at ?? mapping.at);
  }
  return fields;
}

function refuseUnsupported(document: YamlNode): void {
  for (const { key, value, at } of document.kind === 'map' ? document.entries : []) {
    const reason = Object.hasOwn(UNSUPPORTED, key) ? UNSUPPORTED[key] : undefined;
    const isOne = key === 'Threshold' && value.kind === 'scalar' && value.text === '1';
    if (reason !== undefined && !isOne) throw new HuntError('RULE', `${key}: ${reason}`, { at });
  }
}

/** Inline filters are match expressions that must hold too. Those without a test filter nothing, and are no stage of the rule. */
function withFilters(detection: Condition, filters: YamlNode | undefined, use: Use): Condition {
  if (filters === undefined) return detection;
  const parts = readMatchExpressions(filters, 'InlineFilters', use).flatMap(conjunctsOf);
  const tests = parts.filter((part) => part.kind !== 'all' || part.of.length > 0);
  return allOf([...conjunctsOf(detection), ...tests]);
}

function allOf(of: readonly Condition[]): Condition {
  return { kind: 'all', of };
}

interface RuleReading {
  readonly mapping: MappingReader;
  readonly file: string;
  readonly around: Surroundings;
  readonly use: Use;
}

/** The exclusions of the list that a rule names. */
function exclusionsIn(
  name: string,
  { mapping, file, around, use }: RuleReading,
): readonly Condition[] {
  const document = isFileName(name) ? around.document(file, name) : undefined;
  if (document !== undefined) return readExclusions(document, use);
  return mapping.fail(
    `Exclusions: there is no ${name} in the folder of the rule, nor in the folder above it`,
    'Exclusions',
  );
}

/** `Reports` may name other frameworks too, so its keys are free. */
function readMitre(node: YamlNode | undefined): Rule['mitre'] {
  if (node === undefined) return [];
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'Reports must be a mapping', { at: node.at });
  const keys = node.entries.map((entry) => entry.key);
  const reports = new MappingReader(node, keys, { what: 'Reports', code: 'RULE' });
  const labels = reports.get('MITRE ATT&CK');
  const all = labels?.kind === 'list' ? labels.items : labels === undefined ? [] : [labels];
  return all.map(mitreLabel);
}

const TECHNIQUE = String.raw`T\d{4}(?:\.\d{3})?`;
const MITRE_LABEL = new RegExp(`^(?:(TA\\d{4})(?::(${TECHNIQUE}))?|(${TECHNIQUE}))$`, 'i');

/** A tactic with or without a technique, or a technique alone. */
function mitreLabel(node: YamlNode): Rule['mitre'][number] {
  const label = textOf(node, 'an item of Reports: MITRE ATT&CK', 'RULE');
  const [whole, tactic, technique, alone] = MITRE_LABEL.exec(label.trim()) ?? [];
  if (whole !== undefined)
    return { tactic: tactic?.toUpperCase(), technique: (technique ?? alone)?.toUpperCase() };
  throw new HuntError(
    'RULE',
    `"${label}" is not a tactic or a technique of MITRE ATT&CK, such as TA0005, T1562 or TA0005:T1562`,
    { at: node.at },
  );
}
