/** A finding with the fields that NIST SP 800-53 AU-3 asks for, what explains it, and where its evidence is. */
import type { Finding } from '../../finding.js';
import type { Fact, RecordItem } from '../blocks/block.js';
import {
  callText,
  eventText,
  identityText,
  matchText,
  outcomeText,
  sourceText,
  whereText,
} from '../finding/details.js';
import { joined, text, type Text } from '../blocks/text.js';
import { lineOf } from '../timeline/line.js';
import { dispositionText } from './disposition.js';
import type { AuditWords } from './words.js';

const NO_NUMBERS = {
  ruleNumbers: new Map(),
  files: new Map(),
  hasDay: false,
  expires: new Map(),
  hasTickets: false,
};

export interface RecordSettings {
  /** The place of the finding in the report, from 1: the same in every format. */
  readonly number: number;
  readonly words: AuditWords;
  /** The SHA-256 of files with findings, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** The hunted paths. */
  readonly paths: readonly string[];
}

/** Facts in the order of AU-3: what, when, where, source, outcome, identity; then disposition and evidence. */
export function recordOf(finding: Finding, settings: RecordSettings): RecordItem {
  const { number, words } = settings;
  const { failure, exposure, change, alerts } = lineOf(finding, NO_NUMBERS);
  const { eventTime } = finding;
  return {
    number,
    failure,
    exposure,
    head: change,
    facts: [
      fact('what', whatText(finding, alerts)),
      fact('when', [eventTime === null ? 'no readable time' : words.time(eventTime)]),
      fact('where', whereText(finding, words.account)),
      fact('source', sourceText(finding)),
      fact('outcome', outcomeText(finding)),
      fact('identity', identityText(finding)),
      fact('disposition', dispositionText(finding)),
      fact('evidence', evidenceText(finding, settings)),
    ],
  };
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}

function whatText(finding: Finding, alerts: readonly Text[]): Text {
  return joined([callText(finding), text`found by ${matchText(finding)}`, ...alerts], '; ');
}

function evidenceText(finding: Finding, { hashes, paths }: RecordSettings): Text {
  const sha256 = finding.source === null ? undefined : hashes.get(finding.source);
  return text`${eventText(finding, paths)}${sha256 === undefined ? [] : text`, SHA-256 ${sha256}`}`;
}
