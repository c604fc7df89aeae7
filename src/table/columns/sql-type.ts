/**
 * Reads the types of columns, as Hive (`struct<arn:string>`) and Trino (`row(arn varchar)`) write them.
 * Sources: https://cwiki.apache.org/confluence/display/hive/languagemanual+types,
 * https://trino.io/docs/current/language/types.html
 */
export type SqlType =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  /** A timestamp; `zoned` where it has a time zone. `digits` is how many digits its fractions of a second have. */
  | { readonly kind: 'instant'; readonly zoned: boolean; readonly digits: number }
  | { readonly kind: 'struct'; readonly members: readonly SqlMember[] }
  | { readonly kind: 'list'; readonly of: SqlType }
  /** A map; `textual` where its keys and values are text. */
  | { readonly kind: 'map'; readonly textual: boolean }
  /** Any other type: numbers, booleans, dates. */
  | { readonly kind: 'scalar' };

export interface SqlMember {
  readonly name: string;
  readonly type: SqlType;
}

/** The digits of a timestamp whose type does not say how many it has. */
const MILLISECONDS = 3;

/** Reads a type. A type that is not known becomes a scalar; the engine reports an error if it is used wrongly. */
export function readSqlType(text: string): SqlType {
  const trimmed = text.trim();
  const [, word = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(trimmed) ?? [];
  const inner = /^[<(](.*)[>)]$/s.exec(rest)?.[1];
  switch (word.toLowerCase()) {
    case 'string':
    case 'varchar':
    case 'char':
      return { kind: 'text' };
    case 'json':
      return { kind: 'json' };
    case 'timestamp':
      return {
        kind: 'instant',
        zoned: /with (local )?time zone/i.test(rest),
        digits: Number(/^\((\d+)\)/.exec(rest)?.[1] ?? MILLISECONDS),
      };
    case 'struct':
    case 'row':
      return { kind: 'struct', members: parts(inner ?? '').map(readMember) };
    case 'array':
      return { kind: 'list', of: readSqlType(inner ?? '') };
    case 'map':
      return {
        kind: 'map',
        textual: parts(inner ?? '').every((part) => readSqlType(part).kind === 'text'),
      };
    default:
      return { kind: 'scalar' };
  }
}

/** Whether the JSON of a value of this type may have a value at the path `keys`. */
export function mayHold(type: SqlType, keys: readonly string[]): boolean {
  const [key, ...rest] = keys;
  if (key === undefined) return true;
  switch (type.kind) {
    case 'struct': {
      const member = type.members.find(({ name }) => name === key);
      return member !== undefined && mayHold(member.type, rest);
    }
    case 'map':
      return !type.textual || rest.length === 0;
    case 'list':
      return mayHold(type.of, /^\d+$/.test(key) ? rest : keys);
    case 'json':
      return true;
    case 'text':
    case 'instant':
    case 'scalar':
      return false;
    default:
      return type satisfies never;
  }
}

/** Reads `arn:string`, `arn varchar` or `"arn" varchar`. */
function readMember(text: string): SqlMember {
  const [, quoted, plain, type = ''] =
    /^(?:"((?:[^"]|"")*)"|([^\s:"]+))\s*:?\s*(.*)$/s.exec(text) ?? [];
  return { name: quoted?.replaceAll('""', '"') ?? plain ?? text, type: readSqlType(type) };
}

/** The parts between those commas that are not inside brackets or quotes. */
function parts(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === '"') quoted = !quoted;
    if (quoted) continue;
    if ('<('.includes(sign)) depth++;
    if ('>)'.includes(sign)) depth--;
    if (sign !== ',' || depth > 0) continue;
    found.push(text.slice(start, at));
    start = at + 1;
  }
  return [...found, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}
