/**
 * YAML as plain data that remembers where each node stood. Scalars keep their source text: `012345678901` is an
 * account, not a number.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import { HuntError, type ErrorCode, type SourcePosition } from '../errors.js';

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
  /** Neither quoted nor a block: `true`, `22` and `null` may be what they look like. */
  readonly plain: boolean;
  readonly at: SourcePosition;
}

const MAX_NODES = 100_000;

/** The one document in a YAML text. Throws a HuntError of the given code, with the place, on what is no YAML. */
export function parseYaml(text: string, file: string, code: ErrorCode): YamlNode {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
  });
  const place = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const error = document.errors[0];
  if (error?.code === 'MULTIPLE_DOCS')
    throw new HuntError(code, 'several documents in one file: give each a file of its own', {
      at: place(error.pos[0]),
    });
  if (error) throw new HuntError(code, messageOf(error), { at: place(error.pos[0]) });
  return new Reader(document, place, code).node(document.contents, 0, 0);
}

/** Counts the nodes it gives, so that aliases of aliases cannot fill the memory. */
class Reader {
  private nodes = 0;
  private readonly document: Document;
  private readonly place: (offset: number) => SourcePosition;
  private readonly code: ErrorCode;

  constructor(document: Document, place: (offset: number) => SourcePosition, code: ErrorCode) {
    this.document = document;
    this.place = place;
    this.code = code;
  }

  node(value: unknown, offset: number, depth: number): YamlNode {
    const at = this.place(offsetOf(value) ?? offset);
    this.nodes += 1;
    if (this.nodes > MAX_NODES || depth > 100)
      throw new HuntError(this.code, 'the file is too large or too deeply nested', { at });
    if (isAlias(value)) {
      const anchored = value.resolve(this.document);
      if (anchored !== undefined) return this.node(anchored, offset, depth + 1);
      throw new HuntError(this.code, `nothing is anchored as &${value.source}`, { at });
    }
    if (isMap(value)) {
      const entries = value.items.map((pair): YamlEntry => {
        const keyAt = offsetOf(pair.key) ?? offset;
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        return { key, value: this.node(pair.value, keyAt, depth + 1), at: this.place(keyAt) };
      });
      return { kind: 'map', entries, at };
    }
    if (isSeq(value)) {
      const items = value.items.map((item) => this.node(item, offset, depth + 1));
      return { kind: 'list', items, at };
    }
    if (isScalar(value)) {
      const plain = value.type === undefined || value.type === 'PLAIN';
      // What a log holds is well-formed once it is read.
      const text = typeof value.value === 'string' ? value.value.toWellFormed() : '';
      return { kind: 'scalar', text, plain, at };
    }
    return { kind: 'scalar', text: '', plain: true, at };
  }
}

/** The parser's message; its own overflow says nothing to a reader. */
function messageOf({ message }: Error): string {
  return /call stack/.test(message) ? 'the file is too deeply nested' : message;
}

function offsetOf(value: unknown): number | undefined {
  const range = (value as { range?: readonly number[] | null } | null)?.range;
  return range?.[0];
}
