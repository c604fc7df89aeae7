/** How far the numbers of a report can be trusted: what was read, what was not, and which hours and accounts it covers. */
import { bytesText } from '../../../text/bytes-text.js';
import { truncateStart } from '../../../text/width.js';
import type { EventKind } from '../../completeness/completeness.js';
import { kindSentences } from '../../completeness/kinds.js';
import type { LogCoverage } from '../../coverage.js';
import type { EngineUsage, RefusedRule, Report, SkipCount } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { accountNames } from '../blocks/account-name.js';
import { accountBlocks, coverageFacts } from './coverage.js';
import { evidenceBlocks, evidenceFacts } from './evidence.js';
import { joined, path, text, value, type Text } from '../blocks/text.js';
import { warningBlock } from '../blocks/warning.js';
import { counted } from '../../../text/counted.js';
import { skipText } from '../../skip-text.js';
import { timeSpan } from '../blocks/words.js';

const UNREADABLE_SHOWN = 10;
// In columns. A long path must not hide the reason.
const LONGEST_PATH = 1024;

/** The blocks on completeness. */
export function* completenessBlocks(report: Report): Generator<Block> {
  yield { kind: 'title', text: ['What was read'] };
  yield* readBlocks(report);
}

/** The same without the title. */
export function* readBlocks(report: Report): Generator<Block> {
  const { files, ruleFiles, warnings } = report;
  yield { kind: 'facts', facts: factsOf(report) };
  yield* evidenceBlocks(report);
  yield* accountBlocks(report.coverage, accountNames(report.source));
  const lost = counted(files.unreadable.length, 'file or record', 'files or records');
  yield* under([`${lost} could not be read: evidence was lost`], lossBlocks(report));
  const mistaken = ruleFiles.refused.filter(({ rule }) => rule === null);
  const refused = counted(mistaken.length, 'rule');
  yield* under(
    [`${refused} could not be used: evidence could have been missed`],
    refusals(mistaken),
  );
  yield* under(['Warnings about the logs'], warnings.map(warningBlock));
}

function factsOf({
  window,
  files,
  ruleFiles,
  coverage,
  source,
  completeness,
}: Report): readonly Fact[] {
  return [
    fact('window', [timeSpan(window.since, window.until)]),
    ...coverageFacts(coverage),
    ...kindFacts(completeness.kinds, coverage),
    ...evidenceFacts(completeness),
    ...(files.read === null ? [] : [fact('files read', [String(files.read)])]),
    ...skipFacts('files skipped', files.skipped),
    ...skipFacts('other records', files.skippedRecords),
    ...skipFacts('rules skipped', ruleFiles.skipped),
    ...(files.repairedSurrogates > 0
      ? [fact('repaired', [counted(files.repairedSurrogates, 'unpaired surrogate')])]
      : []),
    ...sourceFacts(source),
  ];
}

/** What the logs lack of the kinds of events that they hold. Most logs have management events alone, and none of this. */
function kindFacts(kinds: readonly EventKind[], logs: LogCoverage): readonly Fact[] {
  if (kinds.every(({ category }) => category !== 'data' && category !== 'network activity'))
    return [];
  const sentences = kindSentences(kinds, logs);
  return sentences.length === 0 ? [] : [fact('kinds', [sentences.join('; ')])];
}

function sourceFacts({ table, paths, execution, engine, config, missingFields }: Report['source']) {
  return [
    table === null
      ? fact(
          'paths',
          joined(
            paths.map((one) => [path(one)]),
            ', ',
          ),
        )
      : fact('table', [value(table)]),
    ...(execution === null ? [] : [fact('run', usageText(execution, engine))]),
    ...(config ? [fact('config', text`${path(config.path)} (${config.sha256})`)] : []),
    ...(missingFields.length > 0 ? [fact('missing fields', [missingFields.join(', ')])] : []),
  ];
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}

function usageText({ queries, bytes, milliseconds, cost }: EngineUsage, engine: string): Text {
  const parts = [
    counted(queries.length, 'query', 'queries'),
    `${bytesText(bytes)} read`,
    `${(milliseconds / 1000).toFixed(1)} s of ${engine}'s time`,
    ...(cost
      ? [`about ${cost.amount.toFixed(2)} ${cost.currency} at ${cost.pricePerTerabyte} a TB`]
      : []),
  ];
  return [parts.join(', ')];
}

function skipFacts(label: string, counts: readonly SkipCount[]): readonly Fact[] {
  if (counts.length === 0) return [];
  return [fact(label, [counts.map(skipText).join(', ')])];
}

function refusals(refused: readonly RefusedRule[]): readonly Block[] {
  const more = refused.length - UNREADABLE_SHOWN;
  return [
    ...refused.slice(0, UNREADABLE_SHOWN).map(({ file, line, column, reason }): Block => {
      const shown = path(truncateStart(`${file}:${line}:${column}`, LONGEST_PATH));
      return { kind: 'loss', text: text`${shown}: ${value(reason)}` };
    }),
    ...(more > 0 ? [{ kind: 'paragraph', text: text`and ${more} more` } as const] : []),
  ];
}

function lossBlocks({ files: { unreadable } }: Report): readonly Block[] {
  const more = unreadable.length - UNREADABLE_SHOWN;
  return [
    ...unreadable.slice(0, UNREADABLE_SHOWN).map(({ path: file, reason }): Block => {
      const shown = path(truncateStart(file, LONGEST_PATH));
      return { kind: 'loss', text: text`${shown}: ${[reason]}` };
    }),
    ...(more > 0 ? [{ kind: 'paragraph', text: text`and ${more} more` } as const] : []),
  ];
}
