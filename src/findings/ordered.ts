/** The findings of a report in another order than that of time. They may exceed memory, as before. */
import type { Finding, FindingOrder, Findings } from '../report/finding.js';
import type { Report } from '../report/report.js';
import { SEVERITIES } from '../rule/severity.js';
import { ExternalSort } from '../spill/external-sort.js';
import { SpillSpace } from '../spill/spill-space.js';
import { TextStore, type StoredText } from '../spill/text-store.js';

/** How much text may wait in memory, in bytes. */
const IN_MEMORY = 16 * 1024 * 1024;
/** About how much memory an item takes in addition to its text. */
const ITEM = 100;

interface Ranked {
  /** What comes first has the lower rank. Findings of one rank are in the order of time. */
  readonly rank: number;
  readonly place: number;
  readonly text: StoredText;
}

/** The report with its findings in this order. Throws a HuntError if the disk is full. */
export function orderedReport(report: Report, order: FindingOrder, most = IN_MEMORY): Report {
  if (order === 'time') return report;
  const rankOf = rankIn(order, report);
  const space = new SpillSpace(most);
  const texts = new TextStore(space);
  const compare = (a: Ranked, b: Ranked): number => a.rank - b.rank || a.place - b.place;
  const sort = new ExternalSort<Ranked>({ compare }, space);
  let place = 0;
  for (const text of textsOf(report.findings)) {
    sort.add(
      { rank: rankOf(JSON.parse(text) as Finding), place: place++, text: texts.put(text) },
      ITEM,
    );
  }
  const sorted = sort.sorted();
  const findings: Findings = {
    length: report.findings.length,
    texts: () => mapped(sorted, ({ text }) => texts.get(text)),
    [Symbol.iterator]: () => mapped(sorted, ({ text }) => JSON.parse(texts.get(text)) as Finding),
  };
  return { ...report, order, ...renumbered(report, sorted), findings };
}

/** What quotes findings, with the numbers that they have in the new order. */
function renumbered(
  { overview, stories }: Report,
  sorted: Iterable<Ranked>,
): Pick<Report, 'overview' | 'stories'> {
  const quoted = new Set([
    ...overview.attention.flatMap(({ examples }) => examples.map(({ number }) => number)),
    ...stories.flatMap(({ points }) => points.map(({ number }) => number)),
  ]);
  const numbers = new Map<number | null, number>();
  let number = 0;
  for (const { place } of sorted) {
    number += 1;
    if (quoted.has(place + 1)) numbers.set(place + 1, number);
  }
  const attention = overview.attention.map(({ examples, ...one }) => ({
    ...one,
    examples: examples.map((example) => ({
      ...example,
      number: numbers.get(example.number) ?? example.number,
    })),
  }));
  return {
    overview: { ...overview, attention },
    stories: stories.map((story) => ({
      ...story,
      points: story.points.map((point) => ({
        ...point,
        number: numbers.get(point.number) ?? point.number,
      })),
    })),
  };
}

function* textsOf(findings: Findings): Generator<string> {
  if (findings.texts !== undefined) yield* findings.texts();
  else for (const finding of findings) yield JSON.stringify(finding);
}

function* mapped<T, U>(items: Iterable<T>, become: (item: T) => U): Generator<U> {
  for (const item of items) yield become(item);
}

function rankIn(
  order: 'rule' | 'severity',
  { sections }: Report,
): (finding: Pick<Finding, 'rules'>) => number {
  switch (order) {
    case 'rule': {
      const places = new Map(sections.map(({ rule }, index) => [rule.id, index]));
      return ({ rules }) => places.get(rules[0]?.id ?? '') ?? sections.length;
    }
    case 'severity':
      return ({ rules }) => Math.min(...rules.map(({ severity }) => -SEVERITIES.indexOf(severity)));
    default:
      return order satisfies never;
  }
}
