/**
 * What a page has, from its top. Reports about a person and for an audit have an order of their own, which the blocks give: there
 * each title begins a part. Only the answer, which ends a report on a terminal, goes first.
 */
import type { Block, VerdictLine } from '../page/blocks/block.js';
import { answerText } from '../page/answer.js';
import { tilesOf, type Tile } from '../page/glance/tiles.js';
import { trustLines, type TrustLine } from '../page/glance/trust.js';
import { pageOf } from '../page/page.js';
import { counted } from '../../text/counted.js';
import { text, type Text } from '../page/blocks/text.js';
import type { Report } from '../report.js';
import { blockPieces, type Listing } from './block.js';
import { ordinaryParts } from './parts/ordinary.js';
import type { Part } from './parts/part.js';

export interface Outline {
  /** What kind of report it is. */
  readonly kind: Text;
  /** The main heading: the answer, or the title of a report that has no verdict. */
  readonly head: Text;
  /** What qualifies the answer, in the order of importance. */
  readonly trust: readonly TrustLine[];
  readonly tiles: readonly Tile[];
  /** What follows before the first part. It has no headings. */
  readonly lead: readonly Block[];
  readonly parts: readonly Part[];
}

interface Titled {
  readonly title: Text;
  readonly blocks: readonly Block[];
}

/** Tiles whose part the page does not have lead to the one on completeness. */
export function outlineOf(report: Report, listing: Listing): Outline {
  if (report.audit !== null || report.subject?.kind === 'who') return givenOutline(report, listing);
  const parts = ordinaryParts(report, listing);
  const ids = new Set(parts.map(({ id }) => id));
  return {
    kind: kindOf(report),
    head: answerText(report),
    trust: trustLines(report),
    tiles: tilesOf(report).map((tile) =>
      ids.has(tile.part) ? tile : { ...tile, part: 'completeness' },
    ),
    lead: [],
    parts,
  };
}

function kindOf({ sections, subject }: Report): Text {
  if (subject !== null) return text`hunt report · hunt ${[subject.kind]} ${subject.text}`;
  const [section, ...others] = sections;
  if (section === undefined) return ['hunt report'];
  if (others.length > 0) return ['hunt report · ', counted(sections.length, 'rule')];
  const { id, name, severity } = section.rule;
  // A rule about any change finds grave ones too, so its own severity says nothing of them.
  return id.startsWith('AWS.Any.')
    ? text`hunt report · ${[name]}`
    : text`hunt report · ${[name]} · ${[`${severity} severity`]}`;
}

/** The blocks hold no findings, only ways to walk over them, so all blocks together fit into memory. */
function givenOutline(report: Report, listing: Listing): Outline {
  const lines: VerdictLine[] = [];
  const others: Block[] = [];
  for (const block of pageOf(report))
    if (block.kind === 'verdict') lines.push(...block.lines);
    else others.push(block);
  const answer = lines.find(({ level }) => level === 'result');
  const { before, parts } = divided(others, 'title');
  const shared = { kind: kindOf(report), tiles: [] };
  if (answer === undefined) return { ...shared, ...withoutAnswer(before, parts, listing) };
  return {
    ...shared,
    head: answer.text,
    trust: trustLines(report),
    lead: before,
    parts: parts.map((part, index) => numbered(part, index, listing)),
  };
}

/**
 * An audit report has a part with the conclusion instead. What stands under a heading before that part goes after it: a list of
 * all rules would keep a reader from the conclusion.
 */
function withoutAnswer(
  before: readonly Block[],
  parts: readonly Titled[],
  listing: Listing,
): Omit<Outline, 'kind' | 'tiles'> {
  const [first, conclusion, ...others] = parts;
  const begin = divided(first?.blocks ?? [], 'heading');
  const all = [...(conclusion === undefined ? [] : [conclusion]), ...begin.parts, ...others];
  return {
    head: first?.title ?? [],
    trust: [],
    lead: [...before, ...begin.before],
    parts: all.map((part, index) => numbered(part, index, listing)),
  };
}

/** The blocks before the first block of a kind, and a part for each block of the kind. */
function divided(
  blocks: readonly Block[],
  kind: 'title' | 'heading',
): { readonly before: readonly Block[]; readonly parts: readonly Titled[] } {
  const before: Block[] = [];
  const parts: { readonly title: Text; readonly blocks: Block[] }[] = [];
  for (const block of blocks)
    if (block.kind === kind && 'text' in block) parts.push({ title: block.text, blocks: [] });
    else (parts.at(-1)?.blocks ?? before).push(block);
  return { before, parts };
}

function numbered({ title, blocks }: Titled, index: number, listing: Listing): Part {
  return { id: `part-${index + 1}`, title, pieces: () => blockPieces(blocks, listing) };
}
