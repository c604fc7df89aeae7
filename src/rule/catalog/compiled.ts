/**
 * The tables of the pack in a form that is quick to read: to parse `shared.yml` with the files that it includes takes longer than
 * to hunt in a small log. The build writes it beside the code (`src/compile.ts`). It has the digests of the files from which it
 * was made, so a file that was changed since is parsed. Code that was not built always parses.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourcePosition } from '../../errors.js';
import { testsOf, type Condition } from '../condition/condition.js';
import { remembering } from '../../memory/remembering.js';
import type { Shared } from '../panther/shared.js';
import { portableRegex, rememberTranslation } from '../regex/translate.js';

/** The name of the file, in the folder of the built code. */
export const COMPILED = 'tables.json';

const PATH = fileURLToPath(new URL(COMPILED, import.meta.url));

interface Compiled {
  /** The SHA-256 of each file, by its name. */
  readonly files: Readonly<Record<string, string>>;
  /** Each condition once, after those of which it is made. */
  readonly nodes: readonly Stored[];
  /** The index of each match expression. */
  readonly expressions: Readonly<Record<string, number>>;
  /** Regular expressions, and what `portableRegex` makes of them. */
  readonly regexes: Readonly<Record<string, string>>;
}

type OneOf<Kind> = Extract<Condition, { readonly kind: Kind }>;
/** A condition with the indexes of others in place of them. */
type Stored =
  | (Omit<OneOf<'all' | 'any'>, 'of'> & { readonly of: readonly number[] })
  | (Omit<OneOf<'exactly'>, 'of'> & { readonly of: readonly number[] })
  | (Omit<OneOf<'not'>, 'of'> & { readonly of: number })
  | (Omit<OneOf<'element'>, 'of'> & { readonly of: number })
  | OneOf<'constant' | 'test' | 'compare'>;

/** The text of the file, of everything that `shared.yml` and the files that it includes have. */
export function compiledText(shared: Shared): string {
  const nodes: Stored[] = [];
  const indexes = new Map<Condition, number>();
  const add = (condition: Condition): number => {
    const known = indexes.get(condition);
    if (known !== undefined) return known;
    nodes.push(stored(condition, add));
    indexes.set(condition, nodes.length - 1);
    return nodes.length - 1;
  };
  const expressions = shared.all();
  const tests = [...expressions.values()].flatMap(testsOf);
  const regexes = tests.flatMap(({ op, values }) =>
    op === 'regex' && !('parameter' in values) ? values : [],
  );
  const compiled: Compiled = {
    files: Object.fromEntries(
      shared.files().map((file) => [basename(file), digestOf(readFileSync(file))]),
    ),
    expressions: Object.fromEntries([...expressions].map(([name, own]) => [name, add(own)])),
    nodes,
    regexes: Object.fromEntries(regexes.map((source) => [source, portableRegex(source)])),
  };
  return `${JSON.stringify(compiled)}\n`;
}

/** The match expressions for a `shared.yml`, from the compiled file; undefined where they must be read from the files. */
export function compiledExpressions(
  file: string,
  compiled = PATH,
): ReadonlyMap<string, Condition> | undefined {
  return existsSync(compiled) ? expressionsIn(readFileSync(compiled, 'utf8'), file) : undefined;
}

/** The expressions of a shared file, from the text of the compiled file. Undefined if they must be parsed. */
function expressionsIn(text: string, file: string): ReadonlyMap<string, Condition> | undefined {
  const { files, nodes, expressions, regexes } = JSON.parse(text) as Compiled;
  const folder = dirname(file);
  for (const [name, digest] of Object.entries(files)) {
    const path = join(folder, name);
    if (!existsSync(path) || digestOf(readFileSync(path)) !== digest) return undefined;
  }
  for (const [source, translation] of Object.entries(regexes))
    rememberTranslation(source, translation);
  const conditions: Condition[] = [];
  const pathOf = remembering((name) => join(folder, name), { most: 100 });
  for (const node of nodes) conditions.push(restored(node, conditions, pathOf));
  return new Map(Object.entries(expressions).map(([name, index]) => [name, at(conditions, index)]));
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `indexOf` gives the index of a part, and stores it before. */
function stored(condition: Condition, indexOf: (part: Condition) => number): Stored {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return { ...condition, of: condition.of.map(indexOf) };
    case 'not':
      return { ...condition, of: indexOf(condition.of) };
    case 'element':
      return { ...condition, at: named(condition.at), of: indexOf(condition.of) };
    case 'test':
    case 'compare':
      return { ...condition, at: named(condition.at) };
    case 'constant':
      return condition;
    default:
      return condition satisfies never;
  }
}

function restored(
  node: Stored,
  parts: readonly Condition[],
  pathOf: (name: string) => string,
): Condition {
  const placed = (position: SourcePosition): SourcePosition => ({
    ...position,
    file: pathOf(position.file),
  });
  switch (node.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return { ...node, of: node.of.map((index) => at(parts, index)) };
    case 'not':
      return { ...node, of: at(parts, node.of) };
    case 'element':
      return { ...node, at: placed(node.at), of: at(parts, node.of) };
    case 'test':
    case 'compare':
      return { ...node, at: placed(node.at) };
    case 'constant':
      return node;
    default:
      return node satisfies never;
  }
}

/** The position without the folder, which is another where hunt is installed. */
function named(position: SourcePosition): SourcePosition {
  return { ...position, file: basename(position.file) };
}

function at(parts: readonly Condition[], index: number): Condition {
  const part = parts[index];
  if (part === undefined) throw new Error(`${COMPILED} is broken: build hunt anew`);
  return part;
}
