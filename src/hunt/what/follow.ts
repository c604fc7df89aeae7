/**
 * Hunts for a resource, and again for names and IDs that stand for it or for a part of it: most calls speak of a security group by its
 * ID and not by its name, some end an association by the ID of the association alone, and a user may get another name.
 */
import type { Report } from '../../report/report.js';
import { notation } from '../../rule/condition/notation.js';
import {
  alsoNamed,
  isNameOf,
  resourceCondition,
  type NamedResource,
  type PlacedId,
} from '../../rule/resource/named-resource.js';
import { addedUsage } from '../usage.js';
import { historyOf } from './history.js';

/** A name that so many resources have does not mean one of them. */
const MOST_IDS = 20;
const MOST_PARTS = 200;
/** One is for IDs and the first new name. What was renamed again and again takes one more for each name. */
const MOST_ROUNDS = 5;

interface Following<R extends { readonly report: Report }> {
  readonly resource: NamedResource;
  /** Whether the logs may be read again. */
  readonly mayFollow: boolean;
  /** Undefined for a dry run. */
  readonly hunt: (asked: NamedResource) => Promise<R | undefined>;
  /** Called before the logs are read again. */
  readonly onFollow: (ids: readonly string[]) => void;
}

/** The result with the history of the resource; undefined for a dry run. Throws HuntErrors. */
export async function followIds<R extends { readonly report: Report }>({
  resource,
  mayFollow,
  hunt,
  onFollow,
}: Following<R>): Promise<R | undefined> {
  let named = resource;
  let asked = resource;
  let execution: Report['source']['execution'] = null;
  const known = new Map<string, PlacedId>();
  const parts = new Set<string>();
  for (let round = 0; ; round++) {
    const result = await hunt(asked);
    if (result === undefined) return undefined;
    const { report } = result;
    execution =
      round === 0 ? report.source.execution : addedUsage(execution, report.source.execution);
    const { history, others, openParts } = historyOf(report.findings, named);
    const unknown = others.filter(({ id }) => !isNameOf(named, id));
    const followed = unknown.length > MOST_IDS ? [] : unknown;
    // What ends the time of a name may be known only when the calls with this name are.
    const changed = others.filter((one) => isOtherwise(one, known.get(keyOf(one))));
    const newParts = openParts.slice(0, MOST_PARTS - parts.size).filter((part) => !parts.has(part));
    const further = [...idsOf([...followed, ...changed]), ...newParts];
    const isLast = !mayFollow || further.length === 0 || round === MOST_ROUNDS;
    if (isLast) {
      return {
        ...result,
        report: {
          ...inWords(report, asked),
          source: { ...report.source, execution },
          history:
            named === resource
              ? history
              : { ...history, otherIds: [...idsOf([...known.values()])], isFollowed: true },
        },
      };
    }
    for (const other of [...changed, ...followed]) known.set(keyOf(other), other);
    for (const part of newParts) parts.add(part);
    onFollow(further);
    named = known.size === 0 ? resource : alsoNamed(resource, [...known.values()]);
    asked = { ...named, names: [...named.names, ...parts] };
  }
}

function keyOf({ id, place }: PlacedId): string {
  return JSON.stringify([id, place]);
}

function isOtherwise({ spans }: PlacedId, before: PlacedId | undefined): boolean {
  return before !== undefined && JSON.stringify(spans) !== JSON.stringify(before.spans);
}

function idsOf(placed: readonly PlacedId[]): ReadonlySet<string> {
  return new Set(placed.map(({ id }) => id));
}

/** The funnel says what the condition on the resource means: the condition itself is long, and the same in every such report. */
function inWords(report: Report, asked: NamedResource): Report {
  const condition = notation(resourceCondition(asked));
  return {
    ...report,
    sections: report.sections.map((section) => ({
      ...section,
      funnel: section.funnel.map(({ stage, events }) => ({
        stage: stage.replace(condition, () => `names ${asked.text}`),
        events,
      })),
    })),
  };
}
