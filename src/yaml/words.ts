/** Reading mappings of known words: what is unknown is an error with its place and the nearest known word. */
import { didYouMean } from '../text/did-you-mean.js';
import { HuntError, type ErrorCode, type SourcePosition } from '../errors.js';
import type { YamlMap, YamlNode } from './yaml.js';

/** Reads one mapping word by word; every mistake names its place. */
export class Words {
  readonly at: SourcePosition;
  private readonly map: YamlMap;
  private readonly code: ErrorCode;
  readonly what: string;

  /** Throws where the node is no mapping, or has a word that is not known. `what` names the mapping in errors. */
  constructor(node: YamlNode, known: readonly string[], what: string, code: ErrorCode) {
    if (node.kind !== 'map')
      throw new HuntError(code, `${what} must be a mapping`, { at: node.at });
    this.map = node;
    this.at = node.at;
    this.code = code;
    this.what = what;
    for (const { key, at } of node.entries) {
      if (!known.includes(key))
        throw new HuntError(code, `${what} has an unknown key "${key}".${didYouMean(key, known)}`, {
          at,
        });
    }
  }

  get(key: string): YamlNode | undefined {
    return this.map.entries.find((entry) => entry.key === key)?.value;
  }

  text(key: string): string | undefined {
    const node = this.get(key);
    return node && textOf(node, `${this.what}: ${key}`, this.code);
  }

  required(key: string): string {
    const value = this.text(key);
    if (!value) this.fail(`${this.what} needs ${key}`);
    return value;
  }

  /** The texts of a list; one scalar counts as a list of one. */
  texts(key: string): readonly string[] | undefined {
    const node = this.get(key);
    return node && textsOf(node, `${this.what}: ${key}`, this.code);
  }

  /** Throws, naming the place of the key's value where one is given. */
  fail(message: string, key?: string): never {
    const at = (key === undefined ? undefined : this.get(key)?.at) ?? this.at;
    throw new HuntError(this.code, message, { at });
  }
}

/** The text of a scalar; throws where the node is a mapping or a list. */
export function textOf(node: YamlNode, what: string, code: ErrorCode): string {
  if (node.kind !== 'scalar')
    throw new HuntError(code, `${what} must be a single value`, { at: node.at });
  return node.text;
}

/** The texts of a list of scalars; one scalar counts as a list of one. */
export function textsOf(node: YamlNode, what: string, code: ErrorCode): readonly string[] {
  if (node.kind === 'list')
    return node.items.map((item) => textOf(item, `an item of ${what}`, code));
  return [textOf(node, what, code)];
}
