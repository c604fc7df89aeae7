/**
 * The row of the ledger for events that two or more exclusions cover. None of them hid these events alone, so without this row one
 * exclusion too many would make the ledger say nothing of them.
 */
import { SEVERAL, type HiddenCaller, type HiddenOfRule } from '../../answer/ledger.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { RuleQuery, StageId } from '../../query/query.js';
import { SEVERAL_EXCLUSIONS, type Exclusion } from '../../report/report.js';
import { truncate } from '../../text/width.js';
import type { StageFlags } from './exclusion-flags.js';

/** Sets of exclusions. */
const NAMED = 3;
/** Of an exclusion without a name, in columns. */
const CONDITION = 60;

/** The row; none where several exclusions hid nothing. */
export function severalExclusions(
  query: Pick<RuleQuery, 'stages'>,
  hidden: HiddenOfRule,
  flags: StageFlags | undefined,
): readonly Exclusion[] {
  const { events = 0, by = [] } = hidden.get(SEVERAL) ?? {};
  if (events === 0) return [];
  return [
    {
      name: SEVERAL_EXCLUSIONS,
      reason: `Two or more cover each of these events, so none hid it alone; most often: ${setsOf(query, by)}`,
      source: 'rule',
      condition: 'two or more of the exclusions of this rule',
      applied: true,
      hidden: events,
      flags: flags?.get(SEVERAL) ?? [],
      by: callersOf(by),
    },
  ];
}

/** Which exclusions they are, those that hid the most together first. Their numbers would say too little: not all callers are named. */
function setsOf({ stages }: Pick<RuleQuery, 'stages'>, by: readonly HiddenCaller[]): string {
  const names = new Map<StageId, string>(
    stages.flatMap((stage) =>
      stage.kind === 'window'
        ? []
        : [[stage.id, stage.name ?? truncate(stage.text, CONDITION)] as const],
    ),
  );
  const sets = summed(by, ({ stages: ids = [] }) =>
    ids.map((id) => names.get(id) ?? id).join(' and '),
  );
  const named = sets.slice(0, NAMED).map(([set]) => set);
  return [...named, ...(sets.length > NAMED ? ['…'] : [])].join('; ');
}

/** Each principal and user agent once. */
function callersOf(by: readonly HiddenCaller[]): Exclusion['by'] {
  const keyOf = ({ principal, userAgent }: HiddenCaller): string =>
    JSON.stringify([principal, userAgent]);
  const callers = new Map(by.map((caller) => [keyOf(caller), caller]));
  return summed(by, keyOf).flatMap(([key, events]) => {
    const caller = callers.get(key);
    return caller === undefined
      ? []
      : [{ principal: caller.principal, userAgent: caller.userAgent, events }];
  });
}

/** The events of each key, those with the most first. */
function summed(
  by: readonly HiddenCaller[],
  keyOf: (caller: HiddenCaller) => string,
): readonly (readonly [key: string, events: number])[] {
  const sums = new Map<string, number>();
  for (const caller of by) {
    const key = keyOf(caller);
    sums.set(key, (sums.get(key) ?? 0) + caller.events);
  }
  return [...sums].toSorted(([a, ofA], [b, ofB]) => ofB - ofA || byCodePoint(a, b));
}
