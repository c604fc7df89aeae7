/**
 * Hunts for a resource, and once more for IDs that stand for it or for a part of it: most calls speak of a security group by its ID and
 * not by its name, and some end an association by the ID of the association alone.
 */
import type { Report } from '../../report/report.js';
import { notation } from '../../rule/condition/notation.js';
import { alsoNamed, resourceCondition, type AskedResource } from '../../rule/resource.js';
import { addedUsage } from '../usage.js';
import { historyOf } from './history.js';

/** A name that so many resources have does not mean one of them. */
const MOST_IDS = 20;
const MOST_PARTS = 200;

interface Following<R extends { readonly report: Report }> {
  readonly resource: AskedResource;
  /** Whether the logs may be read again. */
  readonly mayFollow: boolean;
  /** Undefined for a dry run. */
  readonly hunt: (asked: AskedResource) => Promise<R | undefined>;
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
  const first = await hunt(resource);
  if (first === undefined) return undefined;
  const { history, others, openParts } = historyOf(first.report.findings, resource);
  const followed = others.length > MOST_IDS ? [] : others;
  const otherIds = new Set(followed.map(({ id }) => id));
  const parts = openParts.slice(0, MOST_PARTS);
  const further = [...otherIds, ...parts];
  if (!mayFollow || further.length === 0)
    return { ...first, report: { ...inWords(first.report, resource), history } };
  onFollow(further);
  const named = alsoNamed(resource, followed);
  const asked: AskedResource = { ...named, names: [...named.names, ...parts] };
  const second = await hunt(asked);
  if (second === undefined) return undefined;
  const { source } = second.report;
  const execution = addedUsage(first.report.source.execution, source.execution);
  const whole = historyOf(second.report.findings, named).history;
  return {
    ...second,
    report: {
      ...inWords(second.report, asked),
      source: { ...source, execution },
      history: { ...whole, otherIds: history.otherIds, isFollowed: otherIds.size > 0 },
    },
  };
}

/** The funnel says what the condition on the resource means: the condition itself is long, and the same in every such report. */
function inWords(report: Report, asked: AskedResource): Report {
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
