/** Finds the events that issued keys in a table: one more hunt of it, by a rule that asks for these keys. */
import { MINUTE } from '../../cloudtrail/time/window.js';
import { hash } from 'node:crypto';
import { isUserKey } from '../../change/actor/credential-id.js';
import { readSession } from '../../change/actor/console-session.js';
import { ISSUING_CALLS, KEY_PLACES, type IssuingEvent } from '../../change/actor/issued-key.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HuntError } from '../../errors.js';
import { AnswerCollector, type Answer } from '../../findings/collector.js';
import { NOTHING_KNOWN } from '../../findings/finding-text.js';
import type { SessionKeys, StoredFindings } from '../../findings/store.js';
import type { Warning } from '../../report/report.js';
import { bind } from '../../rule/bind.js';
import { OF_OPTIONS, testOf } from '../../rule/condition/build.js';
import type { Condition } from '../../rule/condition/condition.js';
import { filterConditions } from '../../rule/filters.js';
import { beginsSession } from '../../rule/subject.js';
import { ownRule } from '../../rule/own-rule.js';
import type { Rule } from '../../rule/rule.js';
import { warn } from '../../report/warn.js';
import { follow, NO_KEYS_FOLLOWED, type FollowedKeys, type Following } from '../follow/follow.js';
import { runAll, type Running } from './parts/run-all.js';
import { planTable, type PlanRequest } from './plan/plan.js';

/** In one statement: Athena accepts 256 KB. */
const MOST_KEYS = 1000;
/** Of ARNs, which the statement has twice, in characters. */
const MOST_OF_ARNS = 50_000;

export interface FollowRequest extends PlanRequest {
  /** Without it, as with true. */
  readonly follow?: Following | undefined;
}

interface FoundInTable {
  readonly followed: FollowedKeys;
  readonly warnings: readonly Warning[];
}

/** `running` is the hunt that found the answer. Throws a HuntError if the hunt is interrupted; another failure is a warning. */
export async function followInTable(
  running: Running & { readonly request: FollowRequest },
  { findings }: Answer,
): Promise<FoundInTable> {
  const { sessions } = findings;
  const how = running.request.follow;
  if (how === false || sessions.keys.size === 0)
    return { followed: NO_KEYS_FOLLOWED, warnings: [] };
  if (typeof how === 'object') {
    const issuing = [...how.known, ...issuingAmong(findings)];
    return { followed: await follow(sessions, () => Promise.resolve(issuing)), warnings: [] };
  }
  const left = Math.max(0, sessions.keys.size - MOST_KEYS);
  const arns = inOrder(arnsOf(sessions.sessions));
  const leftArns = arns.length - firstArns(arns).length;
  const warnings = [
    ...(left > 0 ? [`${left} keys were not followed: only the first ${MOST_KEYS} are`] : []),
    ...(leftArns > 0 ? [`it was not looked for who began ${leftArns} sessions of roles`] : []),
  ];
  try {
    return {
      followed: await follow(sessions, (asked) =>
        issuingEvents(running, asked === sessions ? asked : withoutUserKeys(asked)),
      ),
      warnings: warnings.map((message) => warn('KEYS_NOT_FOLLOWED', message)),
    };
  } catch (error) {
    if (!(error instanceof HuntError) || error.code === 'INTERRUPTED') throw error;
    const message = `who is behind the sessions in the findings could not be looked for: ${error.message}`;
    return { followed: NO_KEYS_FOLLOWED, warnings: [warn('KEYS_NOT_FOLLOWED', message)] };
  }
}

/** Who made the key of a user who began a session is not worth one more query. */
function withoutUserKeys({ keys, ...rest }: SessionKeys): SessionKeys {
  return { ...rest, keys: new Set([...keys].filter((key) => !isUserKey(key))) };
}

async function issuingEvents(
  running: Running & { readonly request: FollowRequest },
  { keys, sessions, since, until }: SessionKeys,
): Promise<readonly IssuingEvent[]> {
  const { request, plan: hunted } = running;
  if (keys.size === 0) return [];
  const asked = inOrder(keys).slice(0, MOST_KEYS);
  const arns = firstArns(inOrder(arnsOf(sessions)));
  const { accounts, regions } = hunted.whole;
  const plan = planTable(request.table, {
    rules: [bind(issuingRule(asked, arns), new Map())],
    // The times of two services may differ by a little.
    window: { since, until: until === undefined ? undefined : until + MINUTE },
    late: request.late,
    exclusions: true,
    // Of some tables, only partitions of named accounts and regions can be read.
    filters: filterConditions({ account: accounts, region: regions }),
    now: request.now,
  });
  const collector = new AnswerCollector(plan.query);
  try {
    // A hunt that is resumed finds its statements by their names: other keys are another statement.
    const label = `issued keys ${hash('sha256', JSON.stringify([asked, arns, since, until])).slice(0, 8)}`;
    await runAll({
      ...running,
      request: { ...request, onPart: () => undefined },
      plan,
      collector,
      label,
    });
    return issuingAmong(collector.answer().findings);
  } finally {
    collector.close();
  }
}

function inOrder(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].toSorted(byCodePoint);
}

function arnsOf(sessions: SessionKeys['sessions']): readonly string[] {
  return Array.from(sessions, (session) => readSession(session).arn);
}

/** As many as a statement may have. */
function firstArns(arns: readonly string[]): readonly string[] {
  let length = 0;
  return arns.filter((arn) => (length += arn.length) <= MOST_OF_ARNS);
}

/** The events among the findings that issue keys. */
function issuingAmong(findings: StoredFindings): readonly IssuingEvent[] {
  const calls: ReadonlySet<string | null> = new Set(ISSUING_CALLS);
  const issuing: IssuingEvent[] = [];
  for (const event of findings.read(NOTHING_KNOWN))
    if (calls.has(event.eventName)) issuing.push(event);
  return issuing;
}

/** Of the calls that issued keys and of those that began sessions with these ARNs. */
function issuingRule(keys: readonly string[], arns: readonly string[]): Rule {
  const places = KEY_PLACES.flatMap(({ list, member }): readonly Condition[] => {
    const key = `${member}.accessKeyId`;
    if (list === undefined) return [testOf(`responseElements.${key}`, 'in', keys)];
    return [
      {
        kind: 'element',
        quantifier: 'any',
        field: ['responseElements', list],
        of: testOf(key, 'in', keys),
        at: OF_OPTIONS,
      },
      // A list of one item may be written as the item.
      testOf(`responseElements.${list}.${key}`, 'in', keys),
    ];
  });
  return ownRule('AWS.Follow.IssuedKeys', 'Who issued the keys of sessions', {
    kind: 'all',
    of: [
      testOf('eventName', 'in', ISSUING_CALLS),
      {
        kind: 'any',
        of: arns.length === 0 ? places : [...places, beginsSession(arns)],
        text: 'issued the keys',
      },
    ],
  });
}
