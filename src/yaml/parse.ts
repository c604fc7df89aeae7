/**
 * Reads YAML as plain data in which every node knows its position, so that errors can name it. Scalars keep their source
 * text: `012345678901` is an account, not a number.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
} from 'yaml';
import { HuntError, type ErrorCode, type SourcePosition } from '../errors.js';
import { mistakeIn } from './mistake.js';

export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly at: SourcePosition;
}
export interface YamlEntry {
  readonly key: string;
  readonly value: YamlNode;
  readonly at: SourcePosition;
}
export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: SourcePosition;
}
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** Neither quoted nor a block scalar, so that `true`, `22` and `null` may be a boolean, a number and null. */
  readonly plain: boolean;
  readonly at: SourcePosition;
}

const MAX_NODES = 100_000;
const MAX_DEPTH = 100;

/** The only document in a YAML text. Throws a HuntError with this code and the position where the text is not YAML. */
export function parseYaml(text: string, file: string, code: ErrorCode): YamlNode {
  const [first, second] = parseYamlDocuments(text, file, code);
  if (first instanceof HuntError) throw first;
  const repeated = first && repeatedKey(first, code);
  if (repeated !== undefined) throw repeated;
  if (second === undefined)
    return first ?? { kind: 'scalar', text: '', plain: true, at: { file, line: 1, column: 1 } };
  throw new HuntError(code, 'the file has several documents: put each in a file of its own', {
    at: second.at ?? first?.at ?? { file, line: 1, column: 1 },
  });
}

/** The error of the first key that is there twice in its mapping; undefined if there is none. */
export function repeatedKey(node: YamlNode, code: ErrorCode): HuntError | undefined {
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'list') return firstRepeated(node.items, code);
  const keys = new Set<string>();
  for (const { key, value, at } of node.entries) {
    if (keys.has(key))
      return new HuntError(code, `the key "${key}" is there twice in this mapping`, { at });
    keys.add(key);
    const inner = repeatedKey(value, code);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function firstRepeated(nodes: readonly YamlNode[], code: ErrorCode): HuntError | undefined {
  for (const node of nodes) {
    const repeated = repeatedKey(node, code);
    if (repeated !== undefined) return repeated;
  }
  return undefined;
}

/**
 * The documents of a YAML text, without the empty ones. A document that is not YAML is a HuntError with this code. A mapping may
 * have a key twice: `repeatedKey` says so.
 */
export function parseYamlDocuments(
  text: string,
  file: string,
  code: ErrorCode,
): readonly (YamlNode | HuntError)[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    // For a large mapping, the parser's own check takes minutes: it compares each key with all others. `repeatedKey` is fast.
    uniqueKeys: false,
  });
  const positionOf = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  return [...documents].flatMap((document): readonly (YamlNode | HuntError)[] => {
    if (document.errors.length === 0 && isEmpty(document)) return [];
    try {
      const mistake = mistakeIn(document, text);
      if (mistake === undefined)
        return [new Reader(document, positionOf, code).node(document.contents, 0, 0)];
      return [new HuntError(code, mistake.message, { at: positionOf(mistake.offset) })];
    } catch (error) {
      if (error instanceof HuntError) return [error];
      throw error;
    }
  });
}

function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.source === '');
}

/** Counts the nodes that it makes, so that aliases of aliases cannot fill the memory. */
class Reader {
  private nodes = 0;
  private readonly document: Document;
  private readonly positionOf: (offset: number) => SourcePosition;
  private readonly code: ErrorCode;

  constructor(document: Document, positionOf: (offset: number) => SourcePosition, code: ErrorCode) {
    this.document = document;
    this.positionOf = positionOf;
    this.code = code;
  }

  node(value: unknown, offset: number, depth: number): YamlNode {
    const at = this.positionOf(offsetOf(value) ?? offset);
    this.nodes += 1;
    if (this.nodes > MAX_NODES || depth > MAX_DEPTH)
      throw new HuntError(this.code, 'the file is too large or too deeply nested', { at });
    if (isAlias(value)) {
      const anchored = value.resolve(this.document);
      if (anchored !== undefined) return this.node(anchored, offset, depth + 1);
      throw new HuntError(
        this.code,
        `nothing is anchored as &${value.source}: put a text that begins with * in quotes`,
        { at },
      );
    }
    if (isMap(value)) {
      const entries = value.items.map((pair): YamlEntry => {
        const keyAt = offsetOf(pair.key) ?? offset;
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        return { key, value: this.node(pair.value, keyAt, depth + 1), at: this.positionOf(keyAt) };
      });
      return { kind: 'map', entries, at };
    }
    if (isSeq(value)) {
      const items = value.items.map((item) => this.node(item, offset, depth + 1));
      return { kind: 'list', items, at };
    }
    if (isScalar(value)) {
      const plain = value.type === undefined || value.type === 'PLAIN';
      // Values are compared with the texts of logs, which are made well-formed when they are read.
      const text = typeof value.value === 'string' ? value.value.toWellFormed() : '';
      return { kind: 'scalar', text, plain, at };
    }
    return { kind: 'scalar', text: '', plain: true, at };
  }
}

function offsetOf(value: unknown): number | undefined {
  const range = (value as { range?: readonly number[] | null } | null)?.range;
  return range?.[0];
}
