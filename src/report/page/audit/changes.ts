/** Every finding of an audit report, the unexplained ones first. */
import { explanationOf, EXPLANATIONS, type Explanation } from '../../audit/explanation.js';
import type { Report } from '../../report.js';
import type { Block, RecordItem } from '../blocks/block.js';
import { recordOf, type RecordSettings } from './record.js';

type Settings = Pick<RecordSettings, 'words' | 'hashes'>;

const HEADINGS: Readonly<Record<Explanation, string>> = {
  unexplained: 'Unexplained changes',
  unassessed: 'Changes that were not assessed',
  selfApproved: 'Changes that were approved by who made them',
  ticketed: 'Changes with a ticket that names no approver',
  approved: 'Changes with a ticket and an approver',
  accepted: 'Accepted changes',
  session: 'Credentials and sessions, which changed nothing by themselves',
  read: 'Reads, which changed nothing',
  'network activity': 'Network activity of VPC endpoints, which is no call by itself',
  failed: 'Failed attempts, which changed nothing',
};

/** A list under a heading for each explanation that some finding has. Findings are read once for each. */
export function* changeBlocks(
  report: Report,
  counts: Readonly<Record<Explanation, number>>,
  settings: Settings,
): Generator<Block> {
  yield { kind: 'title', text: ['The changes'] };
  const groups = EXPLANATIONS.filter((explanation) => counts[explanation] > 0);
  if (groups.length === 0) yield { kind: 'paragraph', text: ['Nothing was found.'] };
  for (const explanation of groups) {
    yield { kind: 'heading', text: [`${HEADINGS[explanation]}: ${counts[explanation]}`] };
    yield { kind: 'records', items: itemsOf(report, explanation, settings) };
  }
}

/** Made anew for each iteration, so that the findings need not fit into memory. */
function itemsOf(
  { findings, source: { paths } }: Report,
  explanation: Explanation,
  { words, hashes }: Settings,
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
