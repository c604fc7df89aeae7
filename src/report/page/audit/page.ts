/** A report for an auditor, in blocks. Other reports begin with what is urgent; this one begins with what it covers. */
import { hashesIn, type Audit } from '../../audit/audit.js';
import { conclusionOf, tallyOf } from '../../audit/conclusion.js';
import type { Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { path, text, type Text } from '../blocks/text.js';
import { changeBlocks } from './changes.js';
import { conclusionText } from './conclusion.js';
import { exclusionBlocks } from './exclusions.js';
import { explainedBlocks } from './explained.js';
import { headerBlocks } from './header.js';
import { populationBlocks } from './population.js';
import { sinceBlocks } from './since.js';
import { auditWords } from './words.js';
import { unhuntedBlocks } from '../section/section.js';

export function* auditBlocks(report: Report, audit: Audit): Generator<Block> {
  const words = auditWords(audit);
  // Not that of `audit`: an earlier version may have counted a finding as something else.
  const tally = tallyOf(report.findings);
  const concluded = conclusionOf(tally, report.dispositions !== null);
  const conclusion: Block = {
    kind: 'paragraph',
    text: conclusionText(concluded, report),
    isWhole: true,
  };
  yield* headerBlocks(report, audit, words);
  yield { kind: 'title', text: ['Conclusion'] };
  yield conclusion;
  yield* populationBlocks(report);
  for (const refused of report.ruleFiles.refused) yield* unhuntedBlocks(refused);
  yield* changeBlocks(report, tally.counts, { words, hashes: hashesIn(audit) });
  yield* explainedBlocks(report, concluded);
  yield* exclusionBlocks(report);
  yield* sinceBlocks(report, words);
  yield { kind: 'title', text: ['Sign-off'] };
  yield conclusion;
  yield { kind: 'signature', fields: ['Reviewer', 'Date', 'Signature'] };
  if (audit.manifest !== null)
    yield { kind: 'paragraph', text: manifestText(audit.manifest, audit.signature) };
}

/** Hashes alone prove nothing: who can replace the report can replace them too. */
function manifestText(manifest: string, signature: string | null): Text {
  const hashes = text`The manifest ${path(manifest)} has the SHA-256 of each file.`;
  return signature === null
    ? [...hashes, ' Without a signature, whoever can write here can replace it.']
    : text`${hashes} Its signature is ${path(signature)}. Check both: hunt prove with --public-key.`;
}
