/**
 * Reads the file `shared.yml`, which several rules share: parameters, and match expressions that rules use by name with `Use`.
 * `Include` names further files in the same folder. An expression may use another one, from any of these files.
 * A rule sees the file in its own folder, or else in the folder above it, so a pack of rules can be copied together with its
 * shared file. A rule outside hunt's own pack does not see the shared file of that pack.
 */
import { basename, dirname, join } from 'node:path';
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { MappingReader, textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import { testsOf, type Condition } from '../condition/condition.js';
import { LONGEST_NOTATION, notation } from '../condition/notation.js';
import { levelsOf, MOST_LEVELS } from '../depth.js';
import type { Parameter } from '../rule.js';
import { UnreadableFile } from '../unreadable-file.js';
import { readMatchExpression, type Use } from './detection.js';
import { checkParameters, readParameters } from './parameters.js';

const KEYS = ['AnalysisType', 'Description', 'Parameters', 'MatchExpressions'];

/** Expressions that use others could grow without limit. */
const MOST_TESTS = 10_000;

/** Whether a document is for the use of rules, of this type, and not itself a rule. */
export function isForRules(document: YamlNode, type: 'shared' | 'exclusions'): boolean {
  return (
    document.kind === 'map' &&
    document.entries.some(
      ({ key, value }) => key === 'AnalysisType' && value.kind === 'scalar' && value.text === type,
    )
  );
}

/** One of the files, with its expressions as they stand there. */
interface SharedFile {
  readonly file: string;
  readonly parameters: readonly Parameter[];
  readonly nodes: ReadonlyMap<string, YamlNode>;
}

/** A file, and where it is included. */
interface Included {
  readonly file: string;
  readonly at: SourcePosition;
}

/**
 * What `shared.yml` and the files that it includes give to rules. An included file is read only where a name is in no file
 * before it: most rules need none of them, and a large one takes longer to read than many hunts.
 */
export class Shared {
  readonly file: string;
  readonly #read: (file: string) => YamlNode;
  /** The files that were read, in order. */
  readonly #files: SharedFile[] = [];
  readonly #unread: Included[] = [];
  readonly #expressions = new Map<string, Condition>();
  /** The names of the expressions that are being read, each used by the one before it. */
  readonly #using: string[] = [];

  /**
   * `read` gives the document of a file; `known` are expressions that need not be read. Throws a HuntError with line and column
   * on anything unknown.
   */
  constructor(
    file: string,
    read: (file: string) => YamlNode,
    known: ReadonlyMap<string, Condition> = new Map(),
  ) {
    this.file = file;
    for (const [name, expression] of known) this.#expressions.set(name, expression);
    this.#read = read;
    const mapping = readMapping(read(file), [...KEYS, 'Include']);
    const included = mapping.get('Include');
    const items = included?.kind === 'list' ? included.items : included ? [included] : [];
    for (const item of items) this.#unread.push({ file: beside(file, item), at: item.at });
    this.#add(file, mapping);
  }

  /** The match expression of a name, for a rule that uses it. Throws a HuntError if there is none. */
  readonly use: Use = (name, at) => {
    const known = this.#expressions.get(name);
    if (known !== undefined) return known;
    if (this.#using.includes(name))
      throw new HuntError(
        'RULE',
        `Use: ${name}: an expression cannot use itself: ${[...this.#using, name].join(' uses ')}`,
        { at },
      );
    const found = this.#find(name);
    if (found === undefined) throw this.#unknown(name, at);
    const expression = this.#expressionOf(name, found.node);
    checkSize(expression, name, found.node.at);
    // The tests of expressions that this one uses are checked with the file in which they stand.
    const own = testsOf(expression).filter((test) => test.at.file === found.file);
    checkParameters(own, found.parameters, basename(found.file));
    this.#expressions.set(name, expression);
    return expression;
  };

  /** The parameters that come with the expressions in these conditions, in the order of the files. */
  parametersOf(conditions: readonly Condition[]): readonly Parameter[] {
    const tests = conditions.flatMap(testsOf);
    return this.#files.flatMap(({ file, parameters }) =>
      parameters.filter(({ name }) =>
        tests.some(
          ({ values, at }) =>
            at.file === file && 'parameter' in values && values.parameter === name,
        ),
      ),
    );
  }

  /** The names of the expressions in the files that were read. */
  names(): readonly string[] {
    return this.#files.flatMap(({ nodes }) => [...nodes.keys()]);
  }

  /** The names of the expressions in the file itself, without those that it includes. */
  ownNames(): readonly string[] {
    return this.#files.flatMap(({ file, nodes }) => (file === this.file ? [...nodes.keys()] : []));
  }

  /** The expressions of all files, by name. */
  all(): ReadonlyMap<string, Condition> {
    for (let next = this.#unread[0]; next !== undefined; next = this.#unread[0])
      this.#include(next);
    return this.#expressions;
  }

  /** The files that were read. */
  files(): readonly string[] {
    return this.#files.map(({ file }) => file);
  }

  #expressionOf(name: string, node: YamlNode): Condition {
    const { plainName, expression } = withoutPlainName(node);
    this.#using.push(name);
    try {
      const condition = readMatchExpression(expression, this.use);
      return plainName === undefined
        ? shortened(condition, name)
        : calledBy(plainName, condition, node.at);
    } finally {
      this.#using.pop();
    }
  }

  #add(file: string, mapping: MappingReader): void {
    const parameters = readParameters(mapping.get('Parameters'));
    const node = mapping.get('MatchExpressions');
    if (node !== undefined && node.kind !== 'map')
      mapping.fail('MatchExpressions must be a mapping of names', 'MatchExpressions');
    const entries = node?.kind === 'map' ? node.entries : [];
    this.#files.push({
      file,
      parameters,
      nodes: new Map(entries.map(({ key, value }) => [key, value])),
    });
    // A mistake is found whether or not a rule uses the expression.
    for (const { key, at } of entries) if (!this.#using.includes(key)) this.use(key, at);
  }

  #find(
    name: string,
  ): { node: YamlNode; file: string; parameters: readonly Parameter[] } | undefined {
    for (const { file, parameters, nodes } of this.#files) {
      const node = nodes.get(name);
      if (node !== undefined) return { node, file, parameters };
    }
    const [next] = this.#unread;
    if (next === undefined) return undefined;
    this.#include(next);
    return this.#find(name);
  }

  /** Reads the next file. Where it has a mistake, every rule that needs it gets the same error. */
  #include(next: Included): void {
    this.#unread.shift();
    try {
      this.#add(next.file, readMapping(this.#document(next), KEYS));
    } catch (error) {
      const failed = this.#files.findIndex(({ file }) => file === next.file);
      const removed = failed < 0 ? [] : this.#files.splice(failed, 1);
      for (const name of removed.flatMap(({ nodes }) => [...nodes.keys()]))
        this.#expressions.delete(name);
      this.#unread.unshift(next);
      throw error;
    }
  }

  #document({ file, at }: Included): YamlNode {
    try {
      return this.#read(file);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      throw new HuntError('RULE', `Include: ${error.problem}`, { at, cause: error });
    }
  }

  #unknown(name: string, at: SourcePosition): HuntError {
    const near = didYouMean(name, this.names());
    const [, ...included] = this.#files;
    const where =
      included.length === 0
        ? `${this.file} has no`
        : `neither ${this.file} nor a file that it includes has a`;
    return new HuntError('RULE', `${where} match expression "${name}".${near}`, { at });
  }
}

function readMapping(document: YamlNode, keys: readonly string[]): MappingReader {
  const mapping = new MappingReader(document, keys, { what: 'the shared file', code: 'RULE' });
  if (!isForRules(document, 'shared')) mapping.fail('AnalysisType must be shared', 'AnalysisType');
  return mapping;
}

/** The path of a file beside another. */
function beside(file: string, node: YamlNode): string {
  const name = textOf(node, 'a file of Include', 'RULE');
  if (isFileName(name)) return join(dirname(file), name);
  throw new HuntError(
    'RULE',
    `Include: "${name}" must be the name of a .yml file that lies beside this one`,
    { at: node.at },
  );
}

/** Whether a text is the name of a YAML file, and no path. */
export function isFileName(name: string): boolean {
  return /^[^/\\]+\.ya?ml$/.test(name);
}

function checkSize(expression: Condition, name: string, at: SourcePosition): void {
  if (testsOf(expression).length > MOST_TESTS)
    throw new HuntError('RULE', `${name} has more than ${MOST_TESTS} tests`, { at });
  if (levelsOf(expression) > MOST_LEVELS)
    throw new HuntError('RULE', `${name} nests more than ${MOST_LEVELS} levels deep`, { at });
}

/** The expressions of the shared file that a rule sees. `shared` is undefined if it sees none: then each `Use` is an error. */
export function useOf(shared: Shared | undefined): Use {
  return (
    shared?.use ??
    ((name, at) => {
      throw new HuntError(
        'RULE',
        `Use: ${name}: there is no shared.yml in the folder of the rule, nor in the folder above it`,
        { at },
      );
    })
  );
}

/** The words by which a report calls an expression, and the expression without them. */
function withoutPlainName(node: YamlNode): { plainName?: string; expression: YamlNode } {
  const entries = node.kind === 'map' ? node.entries : [];
  const own = entries.find(({ key }) => key === 'Name');
  if (own === undefined) return { expression: node };
  const plainName = textOf(own.value, 'Name of a match expression', 'RULE');
  if (!/^[a-z][a-z ]{0,59}$/i.test(plainName))
    throw new HuntError('RULE', 'Name of a match expression must be a few words of letters', {
      at: own.value.at,
    });
  const rest = entries.filter((entry) => entry !== own);
  return { plainName, expression: { kind: 'map', entries: rest, at: rest[0]?.at ?? node.at } };
}

/** The expression with these words as its text. */
function calledBy(text: string, expression: Condition, at: SourcePosition): Condition {
  if (expression.kind === 'any' || expression.kind === 'not') return { ...expression, text };
  throw new HuntError('RULE', 'Name needs a match expression of Any, None or several Calls', {
    at,
  });
}

/** The expression, with its name as its text if it is long. */
function shortened(expression: Condition, name: string): Condition {
  return 'of' in expression &&
    expression.kind !== 'element' &&
    notation(expression).length > LONGEST_NOTATION
    ? { ...expression, text: `use ${name}` }
    : expression;
}
