/**
 * Loads the rules of a hunt: those that a person named, which must be right, and those in folders, of which one that cannot
 * be used does not stop the others.
 */
import { realpathSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';
import { notation } from '../condition/notation.js';
import { otherInText } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { appliesTo, filtered, type SigmaFilter } from '../sigma/filter.js';
import { builtInUntested } from './built-in.js';
import { readDocuments, type RuleDocument } from './document.js';
import { builtInRules } from './find.js';
import { meantBy } from './named.js';
import { checkNamed } from './read.js';
import { ruleFilesIn } from './rule-files.js';
import { ruleSource } from './rule-text.js';
import { surroundings } from './surroundings.js';

export interface RuleRequest {
  /** `all`, IDs or parts of them, patterns, folders of `queries/`, or files. */
  readonly names: readonly string[];
  readonly folders: readonly string[];
}

export interface RuleLoad {
  /** Each with an ID of its own. */
  readonly rules: readonly LoadedRule[];
  /** The rules in folders that cannot be used, by file. */
  readonly refused: readonly HuntError[];
  /** How many documents in folders are not about single events of CloudTrail, by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Sigma's filters that apply to none of the rules. */
  readonly idleFilters: readonly LoadedFilter[];
}

interface LoadedFilter {
  readonly filter: SigmaFilter;
  /** Whether a person named its file. */
  readonly isNamed: boolean;
}

export interface LoadedRule {
  readonly rule: Rule;
  /** Whether a person named the rule or its file; false for a rule in a folder. */
  readonly isNamed: boolean;
}

type Candidate = LoadedRule & Pick<RuleDocument & { kind: 'rule' }, 'names' | 'at'>;

/** Throws a HuntError where a named rule cannot be used, and where there is no such file or folder. */
export function loadRules({ names, folders }: RuleRequest): RuleLoad {
  const loader = new Loader();
  for (const name of names) loader.addNamed(name);
  for (const folder of folders) for (const file of ruleFilesIn(folder)) loader.addFile(file);
  return loader.load();
}

/** Rules with their tests, by the same names as above. Throws HuntErrors. */
export function rulesWithTests(names: readonly string[]): readonly Rule[] {
  const rules = names.flatMap((name) => {
    const meant = meantBy(name);
    if (meant.kind === 'built-in') return [...builtInRules(meant.folders).values()];
    return loadRules({ names: [name], folders: [] }).rules.map(({ rule }) => rule);
  });
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}

/** An error that nobody thought of, such as an exhausted stack, also costs only the file in which it came. */
function asRefusal(error: unknown, file: string): HuntError {
  if (error instanceof HuntError) return error;
  const reason = error instanceof RangeError ? 'the rule is too deeply nested' : reasonOf(error);
  const at = { file, line: 1, column: 1 };
  return new HuntError('RULE', `hunt cannot read the rule: ${reason}`, { at, cause: error });
}

class Loader {
  readonly #around = surroundings();
  readonly #seen = new Set<string>();
  readonly #candidates: Candidate[] = [];
  readonly #filters: LoadedFilter[] = [];
  readonly #refused: HuntError[] = [];
  readonly #skipped = new Map<string, number>();

  addNamed(name: string): void {
    const meant = meantBy(name);
    const builtIn = meant.kind === 'built-in' ? builtInUntested(meant.folders) : [];
    for (const rule of builtIn)
      if (this.#isNew(rule.file))
        this.#candidates.push({
          rule,
          isNamed: true,
          names: [],
          at: { file: rule.file, line: 1, column: 1 },
        });
    if (meant.kind === 'built-in') return;
    const { file } = meant;
    if (!this.#isNew(file)) return;
    const { text, sha256 } = ruleSource(file);
    const documents = readDocuments(text, file, this.#around);
    checkNamed(documents, file);
    this.#add(documents, { isNamed: true, sha256 });
  }

  /** A file in a folder. */
  addFile(file: string): void {
    try {
      if (!this.#isNew(file)) return;
      const { text, sha256 } = ruleSource(file);
      const other = otherInText(text);
      if (other === undefined)
        this.#add(readDocuments(text, file, this.#around), { isNamed: false, sha256 });
      else this.#skip(other);
    } catch (error) {
      this.#refused.push(asRefusal(error, file));
    }
  }

  load(): RuleLoad {
    const byId = new Map<string, Candidate>();
    for (const candidate of this.#candidates) this.#addOnce(candidate, byId);
    const candidates = [...byId.values()];
    const filters = this.#filters.map(({ filter }) => filter);
    return {
      rules: candidates.map(({ rule, isNamed, names }) => ({
        rule: filtered(rule, names, filters),
        isNamed,
      })),
      idleFilters: this.#filters.filter(
        ({ filter }) => !candidates.some(({ names }) => appliesTo(filter, names)),
      ),
      refused: this.#refused,
      skipped: this.#skipped,
    };
  }

  /** Throws a HuntError where a named rule has the ID of another. */
  #addOnce(candidate: Candidate, byId: Map<string, Candidate>): void {
    const { rule, at, isNamed } = candidate;
    const known = byId.get(rule.id);
    if (known === undefined) {
      byId.set(rule.id, candidate);
      return;
    }
    if (!isNamed && notation(known.rule.condition) === notation(rule.condition)) {
      this.#skip('repeated rules');
      return;
    }
    // Most files have one rule, which begins in the first line.
    const isOwnFile = known.at.line === 1 && known.at.file !== at.file;
    const other = isOwnFile ? known.at.file : `${known.at.file}:${known.at.line}`;
    const error = new HuntError('RULE', `${other} has the same ID, ${rule.id}`, { at });
    if (isNamed) throw error;
    this.#refused.push(error);
  }

  #add(
    documents: readonly RuleDocument[],
    { isNamed, sha256 }: { readonly isNamed: boolean; readonly sha256: string },
  ): void {
    for (const document of documents)
      switch (document.kind) {
        case 'rule':
          this.#candidates.push({ ...document, rule: { ...document.rule, sha256 }, isNamed });
          break;
        case 'filter':
          this.#filters.push({ filter: document.filter, isNamed });
          break;
        case 'refused':
          this.#refused.push(document.error);
          break;
        case 'other':
          this.#skip(document.reason);
          break;
        case 'shared':
          break;
        default:
          document satisfies never;
      }
  }

  #skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  /** Whether the file was not read before, under whatever name. */
  #isNew(file: string): boolean {
    let path = file;
    try {
      path = realpathSync(file);
    } catch {
      // A link that leads nowhere is reported when it is read.
    }
    if (this.#seen.has(path)) return false;
    this.#seen.add(path);
    return true;
  }
}
