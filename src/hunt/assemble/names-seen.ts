/** Which calls the rules match whatever their requests ask for, so that the calls that undo a change are among the findings. */
import { eventNamesOf, requiredOfRule } from '../../query/required.js';
import type { Query, RuleQuery } from '../../query/query.js';
import { fieldsOf } from '../../rule/condition/condition.js';
import type { Report } from '../../report/report.js';
import type { LooksFor } from '../../story/facts.js';
import { looksForEnd } from '../../story/opposite.js';
import { remembering } from '../../memory/remembering.js';
import { findsEndsIn } from './hidden-ends.js';

/** What a call asks for, and what it gave. */
const CONTENT = /^(?:requestParameters|responseElements|additionalEventData|resources)$/i;

/**
 * Whether the rules look for the calls that undo a call, in its service: others have calls of the same name. A rule for images that
 * are *shared* matches `ModifyImageAttribute`, but not the call that stops the sharing. A filter of the user for one resource leaves
 * both; most others may hide the second.
 */
export function looksForEndIn(query: Query, subject: Report['subject']): LooksFor {
  const whole = query.rules.filter(isAboutCalls);
  const findsEnds = findsEndsIn(subject?.kind === 'what' ? whole.map(ofAnything) : whole);
  const inService = remembering(
    (source) => {
      const rules = whole.filter(
        ({ conjuncts }) => requiredOfRule(conjuncts, 'eventSource')?.includes(source) !== false,
      );
      return looksForEnd(eventNamesOf({ ...query, rules, calls: undefined }));
    },
    { most: 1000, longest: 200 },
  );
  return (eventName, eventSource, call) =>
    inService(eventSource ?? '')(eventName) && findsEnds(call);
}

/** `hunt what` compares the states with its resource itself, and its first filter says which resource that is. */
function ofAnything(rule: RuleQuery): RuleQuery {
  const about = rule.conjuncts.find(({ origin }) => origin === 'filter');
  return { ...rule, conjuncts: rule.conjuncts.filter((conjunct) => conjunct !== about) };
}

function isAboutCalls({ conjuncts }: RuleQuery): boolean {
  return conjuncts.every(
    ({ condition, origin }) =>
      origin === 'filter' || fieldsOf(condition).every(([name]) => !CONTENT.test(name ?? '')),
  );
}
