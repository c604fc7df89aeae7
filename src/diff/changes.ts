/** What two reports say differently of one finding. */
import type { Json } from '../cloudtrail/json.js';
import type { Disposition } from '../report/disposition.js';
import type { EventFields, Finding } from '../report/finding.js';
import type { FindingState } from '../report/story.js';
import { differs, itemsDiffer, namedDiffer } from './differences.js';
import type { Difference } from './model.js';
import { shortText } from './short-text.js';

/** What both reports can say. Other differences between findings follow from the question, and are told there. */
export interface Comparable {
  /** The IDs of the rules that both applied. */
  readonly rules: ReadonlySet<string>;
  /** The fields of events that both could have. */
  readonly fields: readonly (keyof EventFields)[];
  /** Whether both compared their findings with exceptions, tickets or an earlier report. */
  readonly hasDispositions: boolean;
}

/** None if they say the same. */
export function changesOf(
  before: Finding,
  after: Finding,
  { rules: shared, fields, hasDispositions }: Comparable,
): readonly Difference[] {
  const both = <T>(of: (finding: Finding) => T): readonly [T, T] => [of(before), of(after)];
  return [
    ...differs('outcome', ...both(outcomeText)),
    ...differs('change', ...both(({ change }) => shortText(change?.sentence ?? null))),
    ...differs('who', ...both(({ actor }) => shortText(actor.name))),
    ...differs('who is behind', ...both(({ actor }) => shortText(actor.behind?.name ?? null))),
    ...differs('how', ...both(({ how }) => how.class)),
    ...itemsDiffer('state', ...both(({ states }) => states.map(stateText))),
    ...namedDiffer('rule', ...both((finding) => severities(finding, shared))),
    ...namedDiffer('event', ...both((finding) => eventTexts(finding, fields))).map(
      ({ before: old, after: now, ...one }) => ({
        ...one,
        before: shortText(old),
        after: shortText(now),
      }),
    ),
    ...(hasDispositions
      ? differs('status', ...both(({ disposition }) => statusText(disposition)))
      : []),
  ];
}

function outcomeText({ outcome, errorCode }: Finding): string {
  return outcome === 'failed' && errorCode !== null ? `failed: ${shortText(errorCode)}` : outcome;
}

function stateText({ resource, what, end, until }: FindingState): string {
  return shortText(
    `${what} on ${resource}: ${until === null ? END_WORDS[end] : `${END_WORDS[end]} ${until}`}`,
  );
}

const END_WORDS: Readonly<Record<FindingState['end'], string>> = {
  seen: 'ended',
  // Reports of earlier versions call this end `seen` too.
  deleted: 'ended',
  'not seen': 'no end is seen',
  'not looked for': 'its end was not looked for',
  unknown: 'its end is not known',
};

/** The rules that matched, with the severity that each gives the event. */
function severities({ rules }: Finding, shared: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(rules.flatMap(({ id, severity }) => (shared.has(id) ? [[id, severity]] : [])));
}

/** Each field of the event that was logged, as JSON. Whether it failed is told above. */
function eventTexts(
  finding: Finding,
  fields: readonly (keyof EventFields)[],
): ReadonlyMap<string, string> {
  const all: readonly (readonly [string, Json])[] = [
    ...fields.map((field) => [field, finding[field]] as const),
    ['extra', finding.extra],
  ];
  return new Map(
    all.flatMap(([name, value]) =>
      value === null || name === 'errorCode' ? [] : [[name, JSON.stringify(value)]],
    ),
  );
}

function statusText(disposition: Disposition | null): string | null {
  if (disposition === null) return null;
  const { status, exception, ticket, unexplained } = disposition;
  return shortText(
    [
      status,
      ...(exception === null ? [] : [`exception ${exception}`]),
      ...(ticket === null ? [] : [`ticket ${ticket.id} from ${ticket.written} the change`]),
      ...(unexplained ? ['unexplained'] : []),
    ].join(', '),
  );
}
