/** Reads YAML mappings whose keys are known. A mistake is an error with its position and the nearest known key. */
import { HuntError, type ErrorCode, type SourcePosition } from '../errors.js';
import { didYouMean } from '../text/did-you-mean.js';
import type { YamlMap, YamlNode } from './parse.js';

/** Reads the values of one mapping by their keys. */
export class MappingReader {
  readonly at: SourcePosition;
  /** The mapping's name in errors. */
  readonly what: string;
  private readonly map: YamlMap;
  private readonly code: ErrorCode;

  /** Throws if the node is not a mapping, or has a key that is not among `known`. */
  constructor(node: YamlNode, known: readonly string[], { what, code }: MappingErrors) {
    if (node.kind !== 'map')
      throw new HuntError(code, `${what} must be a mapping`, { at: node.at });
    this.map = node;
    this.at = node.at;
    this.what = what;
    this.code = code;
    for (const { key, at } of node.entries) {
      if (known.includes(key)) continue;
      const near = withoutBlank(key, known) ?? didYouMean(key, known);
      throw new HuntError(code, `${what} has an unknown key "${key}".${near}`, { at });
    }
  }

  get(key: string): YamlNode | undefined {
    return this.map.entries.find((entry) => entry.key === key)?.value;
  }

  /** The text of a scalar; undefined if the key is absent. */
  text(key: string): string | undefined {
    const node = this.get(key);
    return node && textOf(node, `${this.what}: ${key}`, this.code);
  }

  /** The text of a scalar; throws if it is absent or empty. */
  required(key: string): string {
    return this.text(key) || this.fail(`${this.what} needs ${key}`);
  }

  /** The texts of a list; a single scalar counts as a list of one. */
  texts(key: string): readonly string[] | undefined {
    const node = this.get(key);
    return node && textsOf(node, `${this.what}: ${key}`, this.code);
  }

  /** Throws an error at the key's value, or at the mapping where the key is absent or not given. */
  fail(message: string, key?: string): never {
    const at = (key === undefined ? undefined : this.get(key)?.at) ?? this.at;
    throw new HuntError(this.code, message, { at });
  }
}

/** What to write for a known key and its value without a blank between them, which YAML reads as one text. */
function withoutBlank(key: string, known: readonly string[]): string | undefined {
  const [name = '', ...rest] = key.split(':');
  const value = rest.join(':');
  return value !== '' && known.includes(name)
    ? ` Put a blank after the colon: ${name}: ${value}`
    : undefined;
}

/** What errors in a mapping say: its name, and the code of the error. */
export interface MappingErrors {
  readonly what: string;
  readonly code: ErrorCode;
}

/** The text of a scalar; throws if the node is a mapping or a list. */
export function textOf(node: YamlNode, what: string, code: ErrorCode): string {
  if (node.kind !== 'scalar')
    throw new HuntError(code, `${what} must be a single value`, { at: node.at });
  return node.text;
}

/** The texts of a list of scalars; a single scalar counts as a list of one. */
export function textsOf(node: YamlNode, what: string, code: ErrorCode): readonly string[] {
  if (node.kind === 'list')
    return node.items.map((item) => textOf(item, `an item of ${what}`, code));
  return [textOf(node, what, code)];
}
