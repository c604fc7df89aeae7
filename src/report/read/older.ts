/** What earlier versions of hunt did not write yet: a report without it is read as if it had nothing there. */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';

const NO_OVERVIEW = {
  timeline: { step: '1 day', slots: [], lanes: [], undated: 0 },
  breakdowns: [],
  attention: [],
};

const NOT_CONCLUDED = {
  verdict: 'in doubt',
  sentence: 'an earlier version of hunt did not say whether the logs are complete',
  because: [],
  digests: null,
  lateFiles: null,
  deliveries: null,
  blindSpots: [],
  moreBlindSpots: 0,
  kinds: [],
  hints: [],
  moreHints: 0,
  unmet: null,
};

/** Earlier versions wrote the verdict only in reports for an audit, in `audit.conclusion`. */
function concludedBefore(report: JsonObject): JsonObject {
  const { audit } = report;
  if (!isObject(audit) || !isObject(audit['conclusion'])) return report;
  const { completeness: verdict, because = [], ...counts } = audit['conclusion'];
  if (verdict === undefined) return report;
  return {
    completeness: { ...NOT_CONCLUDED, verdict, sentence: verdict, because },
    ...report,
    audit: { ...audit, conclusion: counts },
  };
}

/** The members of a report, with what an earlier version did not write. The list of findings stays the last member. */
export function completed(given: JsonObject): JsonObject {
  const report = concludedBefore(given);
  const defaults = [
    ['overview', NO_OVERVIEW],
    ['completeness', NOT_CONCLUDED],
    ['order', 'time'],
    ['keys', null],
    ['addresses', null],
  ] as const;
  const { findings = [], ...others } = defaults.reduce(
    (known, [name, value]) => withDefault(known, name, value),
    report,
  );
  return {
    ...others,
    ...has(report, 'sections', (sections) => each(sections, sectionOf)),
    ...has(report, 'coverage', coverageOf),
    ...has(report, 'summary', summaryOf),
    ...has(report, 'overview', overviewOf),
    ...has(report, 'history', historyOf),
    ...has(report, 'stories', (stories) => each(stories, storyOf)),
    ...has(report, 'audit', auditOf),
    ...has(report, 'completeness', completenessOf),
    findings,
  };
}

/** A finding, with what an earlier version did not write. */
export function completedFinding(finding: JsonObject): JsonObject {
  const behind = (one: Json): Json => (isObject(one) ? withDefault(one, 'account', null) : one);
  const actor = (one: Json): Json =>
    isObject(one) ? { ...one, ...has(one, 'behind', behind) } : one;
  return withDefault({ ...finding, ...has(finding, 'actor', actor) }, 'attention', []);
}

/** The member with another value, if the object has it. */
function has(object: JsonObject, key: string, become: (value: Json) => Json): JsonObject {
  const { [key]: value } = object;
  return value === undefined ? {} : { [key]: become(value) };
}

function each(list: Json, become: (item: Json) => Json): Json {
  return Array.isArray(list) ? (list as readonly Json[]).map(become) : list;
}

function sectionOf(section: Json): Json {
  return isObject(section) ? { ...section, ...has(section, 'rule', ruleIn) } : section;
}

/**
 * Once, no file had a hash, no report said whether its manifest is signed, what gave out a credential, or was network activity, counted as a change or a read, and no change of an
 * earlier period was counted.
 */
function auditOf(audit: Json): Json {
  if (!isObject(audit)) return audit;
  const counted = (conclusion: Json): Json =>
    isObject(conclusion)
      ? withDefaults(conclusion, { sessions: 0, networkActivity: 0, late: 0 })
      : conclusion;
  return {
    ...withDefaults(audit, { evidence: [], signature: null }),
    ...has(audit, 'conclusion', counted),
  };
}

/**
 * Once, the files of late findings were not checked, a trail that was stopped said nothing of other accounts than its own, and deleted
 * log files had no names.
 */
function completenessOf(completeness: Json): Json {
  const spotOf = (spot: Json): Json =>
    isObject(spot)
      ? withDefaults(spot, { silentAccounts: [], moreSilentAccounts: 0, deleted: null })
      : spot;
  return isObject(completeness)
    ? {
        ...withDefault(completeness, 'lateFiles', null),
        ...has(completeness, 'blindSpots', (spots) => each(spots, spotOf)),
      }
    : completeness;
}

/** Once, no account and no region said what gaps it usually has. */
function coverageOf(coverage: Json): Json {
  const scopeOf = (scope: Json): Json =>
    isObject(scope) ? withDefault(withDefault(scope, 'usualGap', null), 'unusualGaps', []) : scope;
  const accountOf = (account: Json): Json => {
    const known = scopeOf(account);
    return isObject(known)
      ? { ...known, ...has(known, 'regions', (regions) => each(regions, scopeOf)) }
      : known;
  };
  return isObject(coverage)
    ? { ...coverage, ...has(coverage, 'accounts', (accounts) => each(accounts, accountOf)) }
    : coverage;
}

/** Once, no report said when the findings were that it does not show of a reason. */
function overviewOf(overview: Json): Json {
  const rowOf = (row: Json): Json =>
    isObject(row) ? withDefaults(row, { othersFrom: null, othersUntil: null }) : row;
  return isObject(overview)
    ? { ...overview, ...has(overview, 'attention', (rows) => each(rows, rowOf)) }
    : overview;
}

/** Once, what a VPC endpoint logged of a call counted as a call. */
function summaryOf(summary: Json): Json {
  const known = countsOf(summary);
  return isObject(known) ? withDefault(known, 'networkActivity', 0) : known;
}

/** A summary or a story. Once, actors had no account, what gave out a credential counted as a change or a read, and nothing as destroyed. */
function countsOf(value: Json): Json {
  const actorOf = (actor: Json): Json =>
    isObject(actor) ? withDefault(actor, 'account', null) : actor;
  return isObject(value)
    ? {
        ...withDefault(value, 'sessions', 0),
        ...has(value, 'concerns', (concerns) =>
          isObject(concerns) ? withDefault(concerns, 'destroyed', 0) : concerns,
        ),
        ...has(value, 'actors', (actors) => each(actors, actorOf)),
      }
    : value;
}

/** Once, what happened to a resource had no region, no service and no new names, and what was made and deleted was not compared. */
function historyOf(history: Json): Json {
  const placed = (one: Json): Json =>
    isObject(one) ? withDefault(withDefault(one, 'region', null), 'eventSource', null) : one;
  const kind = (one: Json): Json => (isObject(one) ? withDefault(one, 'region', null) : one);
  if (!isObject(history)) return history;
  const { deleted = [] } = history;
  const made = (one: Json): Json => {
    const known = placed(one);
    if (!isObject(known)) return known;
    const end = (Array.isArray(deleted) ? (deleted as readonly Json[]) : []).find(
      (other) =>
        isObject(other) &&
        other['resource'] === known['resource'] &&
        other['account'] === known['account'],
    );
    return withDefault(known, 'until', (isObject(end) ? end['eventTime'] : null) ?? null);
  };
  return {
    ...withDefault(history, 'renamed', []),
    ...has(history, 'kinds', (kinds) => each(kinds, kind)),
    ...has(history, 'made', (all) => each(all, made)),
    ...has(history, 'deleted', (all) => each(all, placed)),
    ...has(history, 'lasting', (all) => each(all, placed)),
  };
}

function storyOf(story: Json): Json {
  const known = countsOf(story);
  const pointOf = (point: Json): Json =>
    isObject(point) ? withDefault(point, 'number', null) : point;
  return isObject(known)
    ? { ...known, ...has(known, 'points', (points) => each(points, pointOf)) }
    : known;
}

function ruleIn(rule: Json): Json {
  return isObject(rule) ? withDefault(rule, 'outputFields', []) : rule;
}

function withDefault(value: JsonObject, key: string, missing: Json): JsonObject {
  return Object.hasOwn(value, key) ? value : { ...value, [key]: missing };
}

/** The members that the object has stay in their order: a report that has all is printed again as it was. */
function withDefaults(value: JsonObject, missing: JsonObject): JsonObject {
  return Object.entries(missing).reduce((known, [key, one]) => withDefault(known, key, one), value);
}
