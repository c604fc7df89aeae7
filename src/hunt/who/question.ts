/** What `hunt who` asks of the logs: rules and filters, for one reading. */
import { ISSUING_CALLS, type IssuingEvent } from '../../change/actor/issued-key.js';
import { anyOf } from '../../rule/condition/build.js';
import { conjunctsOf, type Condition } from '../../rule/condition/condition.js';
import type { Rule } from '../../rule/rule.js';
import {
  beginsSession,
  isOneOf,
  issuesOneOf,
  keysIn,
  madeByInstances,
  readsOfInstances,
  subjectCondition,
  switchesFrom,
  type Followed,
  type Indicator,
} from '../../rule/subject.js';
import { BEGUN_RULE, INSTANCE_RULE, ISSUED_RULE } from '../../report/page/who/theirs.js';
import { CALLERS_RULE, callersRuleOf, instancesRule } from './callers.js';

export interface Question {
  /** The first is the one about what somebody did; the others find evidence. */
  readonly rules: readonly Rule[];
  readonly filters: readonly Condition[];
  /** What is counted: what they did, and not the evidence. */
  readonly counted: readonly Condition[];
}

/** Nobody who asks about more wants to hear which of them made no call. */
const MOST_TOLD = 50;

/** What is asked for in one reading. */
export interface Ask {
  readonly followed: Followed;
  /** Whether to keep also what instances read. */
  readonly hasInstances: boolean;
  /** The ARNs of instances whose other calls are compared with theirs: they say where the instance is. */
  readonly instances: readonly string[];
  /** Events that issued keys, which this reading may not find. */
  readonly known: readonly IssuingEvent[];
}

/** `main` is the rule about what somebody did. */
export function questionAbout(
  indicators: readonly Indicator[],
  { followed, hasInstances, instances: compared }: Omit<Ask, 'known'>,
  main: Rule,
): Question {
  const subject = subjectCondition(indicators, followed);
  const keys = keysIn(indicators);
  const instances = hasInstances ? [evidenceRule(INSTANCE_RULE, readsOfInstances)] : [];
  const each = callersOfEach(indicators);
  const evidence = evidenceOf(keys, followed);
  const others = compared.length === 0 ? [] : [madeByInstances(compared)];
  if (evidence.length + others.length === 0)
    return {
      rules: [main, CALLERS_RULE, ...instances, ...each],
      filters: [subject],
      counted: [subject],
    };
  return {
    counted: [subject],
    rules: [
      ...[main, CALLERS_RULE, ...instances].map((rule) => within(rule, subject)),
      ...each,
      ...evidence,
      ...others.map(instancesRule),
    ],
    filters: [
      {
        kind: 'any',
        of: [subject, ...evidence.map(({ condition }) => condition), ...others],
        text: textOf(evidence.length > 0, others.length > 0),
      },
    ],
  };
}

/** In words: what they did, and what else the filter keeps. */
function textOf(hasEvidence: boolean, hasInstances: boolean): string {
  return `(made by them${hasEvidence ? ', or issued the key' : ''}${hasInstances ? ', or by the same instances' : ''})`;
}

/** Found in the same reading: the event that issued a key has it in its answer, and others may have begun the same sessions. */
function evidenceOf(keys: readonly string[], { sessions }: Followed): readonly Rule[] {
  const arns = sessions.map(({ arn }) => arn);
  return [
    ...(keys.length === 0 ? [] : [evidenceRule(ISSUED_RULE, issuesOneOf(keys, ISSUING_CALLS))]),
    ...(arns.length === 0
      ? []
      : [evidenceRule(BEGUN_RULE, anyOf([beginsSession(arns), switchesFrom(arns)]))]),
  ];
}

/** Asks for all their calls that issued keys, for those of whom they issued keys, and for who issued the keys that are asked about. */
export function questionAboutKeys(indicators: readonly Indicator[], followed: Followed): Question {
  const subject = subjectCondition(indicators, followed);
  const evidence = evidenceOf(keysIn(indicators), followed);
  const own = evidenceRule(ISSUED_RULE, isOneOf(ISSUING_CALLS));
  if (evidence.length === 0) return { rules: [own], filters: [subject], counted: [] };
  const [issued, begun] = [ISSUED_RULE, BEGUN_RULE].map((wanted) =>
    evidence.filter(({ id }) => id === wanted),
  );
  const theirs = anyOf([subject, ...(issued ?? []).map(({ condition }) => condition)]);
  return {
    counted: [],
    rules: [within(own, theirs), ...(begun ?? [])],
    filters: [{ kind: 'any', of: [subject, ...evidence.map(({ condition }) => condition)] }],
  };
}

/** Which of several have no call at all. */
function callersOfEach(indicators: readonly Indicator[]): readonly Rule[] {
  if (indicators.length < 2 || indicators.length > MOST_TOLD) return [];
  return indicators.map((one, index) => within(callersRuleOf(index), subjectCondition([one])));
}

function evidenceRule(id: string, condition: Condition): Rule {
  return { ...CALLERS_RULE, id, name: id, condition };
}

function within(rule: Rule, subject: Condition): Rule {
  return {
    ...rule,
    // Its own test comes first, so that it selects: what does not pass it is only counted, which costs less.
    condition: { kind: 'all', of: [...conjunctsOf(rule.condition), subject] },
  };
}
