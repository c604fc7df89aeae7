/** What one document of a rule file is: a rule, something that changes rules, or something else. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { parseYamlDocuments, repeatedKey, type YamlMap, type YamlNode } from '../../yaml/parse.js';
import { isPanther, otherThanRule as otherPanther, readPanther } from '../panther/read.js';
import type { Surroundings } from '../panther/read.js';
import { isForRules } from '../panther/shared.js';
import type { Rule } from '../rule.js';
import { foreignDocument, foreignText } from './foreign.js';
import { expandCollection } from '../sigma/collection.js';
import { isFilter, readFilter, type SigmaFilter } from '../sigma/filter.js';
import { isSigma, otherThanRule as otherSigma, readSigma } from '../sigma/read.js';

export type RuleDocument =
  | {
      readonly kind: 'rule';
      readonly rule: Rule;
      /** By which a Sigma filter may name it. */
      readonly names: readonly string[];
      readonly at: SourcePosition;
    }
  | { readonly kind: 'filter'; readonly filter: SigmaFilter }
  /** For the rules of the same folder. */
  | { readonly kind: 'shared' }
  /** Not about single events of CloudTrail, or no rule at all. `reason` is for a count; `error` is for who named the file. */
  | { readonly kind: 'other'; readonly reason: string; readonly error: HuntError }
  /** A rule with a mistake, or one that no hunt supports. */
  | { readonly kind: 'refused'; readonly error: HuntError };

/** Why a rule of another tool is counted. */
const FOREIGN = 'rules of other tools';

/** The documents in the text of a rule file, in either format; what a rule takes from other files is looked for from `file`. */
export function readDocuments(
  text: string,
  file: string,
  around: Surroundings,
): readonly RuleDocument[] {
  const foreign = foreignText(text, file);
  if (foreign !== undefined) return [{ kind: 'other', reason: FOREIGN, error: foreign }];
  const documents = expandCollection(withoutRepeatedKeys(parseYamlDocuments(text, file, 'RULE')));
  if (documents.length > 0)
    return documents.map((document) =>
      document instanceof HuntError
        ? brokenYaml(document, text)
        : readDocument(document, file, around),
    );
  const error = new HuntError('RULE', 'the file is empty: write a rule in it, or take it away', {
    at: { file, line: 1, column: 1 },
  });
  return [{ kind: 'other', reason: 'files that are no rules', error }];
}

/** A key that is there twice is a mistake in a rule. In a file that has no rule it is nobody's concern here. */
function withoutRepeatedKeys(
  documents: readonly (YamlNode | HuntError)[],
): readonly (YamlNode | HuntError)[] {
  const hasRule = documents.some(
    (document) => !(document instanceof HuntError) && (isSigma(document) || isPanther(document)),
  );
  if (!hasRule) return documents;
  return documents.map((document) =>
    document instanceof HuntError ? document : (repeatedKey(document, 'RULE') ?? document),
  );
}

/**
 * What a rule in either format begins its lines with, as far as YAML allows it. Blank lines are no part of it: a text of many would be
 * searched from each of them to their end.
 */
const LOOKS_LIKE_RULE =
  /^[ \t\ufeff"'{-]*(?:title|logsource|detection|correlation|analysistype|ruleid|logtypes)["']?[ \t]*:/im;

/** A text that is not YAML hides no rule about CloudTrail where it says that it is about another product, or has no word of one. */
function brokenYaml(error: HuntError, text: string): RuleDocument {
  const names = /^[ \t\ufeff]*product:\s*["']?(?!aws\b)\w/m.test(text) && !/cloudtrail/i.test(text);
  if (names) return { kind: 'other', reason: 'rules about other logs', error };
  if (LOOKS_LIKE_RULE.test(text)) return { kind: 'refused', error };
  const { file, line } = error.at ?? { file: 'a file', line: 1 };
  return { kind: 'other', reason: `file of broken YAML without a rule (${file}:${line})`, error };
}

function readDocument(document: YamlNode, file: string, around: Surroundings): RuleDocument {
  try {
    if (isForRules(document, 'shared') || isForRules(document, 'exclusions'))
      return { kind: 'shared' };
    if (isSigma(document)) return readSigmaDocument(document, file);
    const foreign = isPanther(document) ? undefined : foreignDocument(document);
    if (foreign !== undefined) return { kind: 'other', reason: FOREIGN, error: foreign };
    const other = otherPanther(document);
    if (other !== undefined) return { kind: 'other', ...other };
    const rule = readPanther(document, file, around);
    return { kind: 'rule', rule, names: [], at: document.at };
  } catch (error) {
    if (!(error instanceof HuntError)) throw error;
    if (isSigma(document) || isPanther(document)) return { kind: 'refused', error };
    return { kind: 'other', reason: 'files that are no rules', error };
  }
}

function readSigmaDocument(document: YamlMap, file: string): RuleDocument {
  const other = otherSigma(document);
  if (other !== undefined) return { kind: 'other', ...other };
  if (isFilter(document)) return { kind: 'filter', filter: readFilter(document) };
  const rule = readSigma(document, file);
  const name = document.entries.find(({ key }) => key === 'name')?.value;
  const own = name?.kind === 'scalar' ? [name.text] : [];
  return { kind: 'rule', rule, names: [rule.id, rule.name, ...own], at: document.at };
}
