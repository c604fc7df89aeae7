/** What the rows of a hunt statement say, put together as a hunt does it, in a form that tests can compare. */
import { answerReader } from '../../src/answer/read-answer.js';
import { AnswerCollector, type Answer } from '../../src/findings/collector.js';
import type { Row } from '../../src/engine/engine.js';
import type { Query } from '../../src/query/query.js';

/** The answer of the rows of one statement. */
export function answerOf(query: Query, rows: readonly Row[]): ListedAnswer {
  const collector = new AnswerCollector(query);
  const read = answerReader(query);
  for (const row of rows) collector.add(read(row));
  return listed(collector.answer());
}

/** The answer of the rows of several statements, which each read a part. */
export function answerOfParts(query: Query, parts: readonly (readonly Row[])[]): ListedAnswer {
  const collector = new AnswerCollector(query);
  const read = answerReader(query);
  for (const rows of parts) {
    const part = collector.part();
    for (const row of rows) part.add(read(row));
    part.complete();
  }
  return listed(collector.answer());
}

export type ListedAnswer = ReturnType<typeof listed>;

export function listed({ rules, findings, counts, calls, uncertain }: Answer) {
  const all = [...findings.read({ accounts: new Set(), starts: new Map(), makers: new Map() })];
  return {
    rules: [...rules].map(([rule, { totals, hidden }]) => ({
      rule,
      totals,
      hidden,
      findings: all.filter((finding) => finding.rules.some(({ id }) => id === rule)),
    })),
    counts,
    // Parts with different records of one event may give wider spans of time.
    calls: calls?.calls.map(({ first: _first, last: _last, ...call }) => call),
    elsewhere: findings.usedElsewhere.found.map(({ first: _first, last: _last, ...use }) => use),
    uncertain,
  };
}
