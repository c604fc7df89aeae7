/** The report in six numbers. */
import { counted } from '../../../text/counted.js';
import type { BreakdownBy } from '../../overview.js';
import type { Report } from '../../report.js';
import { exclusionsOnce } from '../left-out.js';
import { recordsInWindow } from '../nothing.js';
import { quietTexts } from '../stories.js';

export interface Tile {
  readonly number: number;
  readonly label: string;
  readonly note: string;
  /** Which part of the page says more. */
  readonly part: 'changes' | 'first' | 'who' | 'left-out' | 'completeness';
  readonly isBad: boolean;
}

export function tilesOf(report: Report): readonly Tile[] {
  return [
    ...(report.findings.length === 0 ? zeroTiles(report) : findingTiles(report)),
    ...trustTiles(report),
  ];
}

function findingTiles(report: Report): readonly Tile[] {
  const { summary, stories, findings } = report;
  const { concerns, exposed, actors, moreActors } = summary;
  const { notSeen, ended } = exposed.changes;
  const others = [
    ...quietTexts(summary),
    ...(summary.failed > 0 ? [counted(summary.failed, 'failed attempt')] : []),
  ];
  return [
    {
      number: summary.changes,
      label: summary.changes === 1 ? 'change' : 'changes',
      note:
        others.length > 0
          ? `and ${others.join(', ')}`
          : stories.length === 0
            ? `in ${counted(findings.length, 'event')}`
            : `in ${counted(stories.length + summary.moreStories, 'story', 'stories')}`,
      part: 'changes',
      isBad: false,
    },
    {
      number: concerns.exposed,
      label: 'let others in',
      note:
        concerns.exposed === 0
          ? 'everyone, or other accounts'
          : ended === concerns.exposed
            ? 'all closed again'
            : notSeen > 0
              ? `${notSeen} not closed again`
              : 'whether closed is not known',
      part: 'first',
      isBad: concerns.exposed > 0,
    },
    {
      number: actors.length + moreActors,
      label: actors.length + moreActors === 1 ? 'actor' : 'actors',
      note: `${counted(namesOf(report, 'tool'), 'tool')}, ${counted(namesOf(report, 'address'), 'address', 'addresses')}`,
      part: 'who',
      isBad: false,
    },
  ];
}

function namesOf({ overview }: Report, by: BreakdownBy): number {
  const breakdown = overview.breakdowns.find((one) => one.by === by);
  return breakdown === undefined ? 0 : breakdown.rows.length + breakdown.moreNames;
}

function zeroTiles({ coverage, sections, completeness }: Report): readonly Tile[] {
  const records = recordsInWindow(coverage);
  const [section, ...others] = sections;
  const selected = section?.funnel[1]?.events ?? 0;
  return [
    {
      number: 0,
      label: 'findings',
      note: others.length === 0 ? 'of this rule' : `of ${sections.length} rules`,
      part: 'changes',
      isBad: false,
    },
    {
      number: records,
      label: records === 1 ? 'record' : 'records',
      note: 'in the window',
      part: 'completeness',
      isBad: records === 0,
    },
    ...(section === undefined || others.length > 0
      ? []
      : [
          {
            number: selected,
            label: selected === 1 ? 'event' : 'events',
            note: `that could match: ${section.funnel[1]?.stage === 'event names' ? 'by name' : 'first test'}`,
            part: 'made',
            // Where nothing is known to be missing, a zero needs no event that comes close.
            isBad: selected === 0 && !completeness.verdict.startsWith('complete'),
          } as const,
        ]
    ).map((tile): Tile => ({ ...tile, part: 'completeness' })),
  ];
}

function trustTiles(report: Report): readonly Tile[] {
  const { files, coverage, sections } = report;
  const hiding = exclusionsOnce(sections).filter(({ hidden }) => hidden > 0);
  const events = hiding.reduce((sum, { hidden }) => sum + hidden, 0);
  const isOne = sections.length === 1;
  const { covered, empty } = coverage.hours;
  return [
    {
      number: events,
      label: events === 1 ? 'event hidden' : 'events hidden',
      // An event that two rules look for is counted for both.
      note: isOne ? 'by exclusions' : 'by the exclusions of all rules',
      part: 'left-out',
      isBad: false,
    },
    {
      number: files.unreadable.length,
      label: 'unreadable',
      note: 'files, or parts of them',
      part: 'completeness',
      isBad: files.unreadable.length > 0,
    },
    {
      number: empty,
      label: empty === 1 ? 'hour without records' : 'hours without records',
      note: `of ${covered + empty}`,
      part: 'completeness',
      isBad: false,
    },
  ];
}
