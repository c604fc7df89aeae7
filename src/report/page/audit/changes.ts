/** Every finding of an audit report, the unexplained ones first. */
import { hashesIn, type Audit, type Explanations } from '../../audit/audit.js';
import { explanationOf, EXPLANATIONS, type Explanation } from '../../audit/explanation.js';
import type { Report } from '../../report.js';
import type { Block, RecordItem } from '../blocks/block.js';
import { recordOf, type RecordSettings } from './record.js';
import type { AuditWords } from './words.js';

const HEADINGS: Readonly<Record<Explanation, string>> = {
  unexplained: 'Unexplained changes',
  unassessed: 'Changes that were not assessed',
  selfApproved: 'Changes that were approved by who made them',
  ticketed: 'Changes with a ticket that names no approver',
  approved: 'Changes with a ticket and an approver',
  accepted: 'Accepted changes',
  read: 'Reads, which changed nothing',
  failed: 'Failed attempts, which changed nothing',
};

export function* changeBlocks(report: Report, audit: Audit, words: AuditWords): Generator<Block> {
  yield { kind: 'title', text: ['The changes'] };
  const counts = countsOf(audit);
  const hashes = hashesIn(audit);
  const groups = EXPLANATIONS.filter((explanation) => counts[explanation] > 0);
  if (groups.length === 0) yield { kind: 'paragraph', text: ['Nothing was found.'] };
  for (const explanation of groups) {
    yield { kind: 'heading', text: [`${HEADINGS[explanation]}: ${counts[explanation]}`] };
    yield { kind: 'records', items: itemsOf(report, explanation, { words, hashes }) };
  }
}

const NONE: Explanations = {
  approved: 0,
  selfApproved: 0,
  ticketed: 0,
  accepted: 0,
  unexplained: 0,
};

function countsOf({ conclusion }: Audit): Readonly<Record<Explanation, number>> {
  const { changes, explanations, reads, failed } = conclusion;
  const explained = explanations ?? NONE;
  const unassessed = changes - Object.values(explained).reduce((sum, count) => sum + count, 0);
  return { ...explained, unassessed, read: reads, failed };
}

/** Made anew for each iteration, so that the findings need not fit into memory. */
function itemsOf(
  { findings, source: { paths } }: Report,
  explanation: Explanation,
  { words, hashes }: Pick<RecordSettings, 'words' | 'hashes'>,
): Iterable<RecordItem> {
  return {
    *[Symbol.iterator]() {
      let number = 0;
      for (const finding of findings) {
        number += 1;
        if (explanationOf(finding) === explanation)
          yield recordOf(finding, { number, words, hashes, paths });
      }
    },
  };
}
