/** Reads the list of inputs beside a manifest. It may have millions of lines, and somebody may have changed it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { isObject, parseJson } from '../../cloudtrail/json.js';
import type { InputFile } from '../../dump/dump.js';

/** In UTF-16 units. A path has at most 4,096 bytes. */
const LONGEST_LINE = 64 << 10;

export interface InputList {
  /** Of the list's own bytes. */
  readonly sha256: string;
  /** Undefined for a list with a line that is no line of such a list. */
  readonly inputs: readonly ListedInput[] | undefined;
}

export interface ListedInput extends InputFile {
  /** Whether the hunt for late findings read it. */
  readonly late: boolean;
}

/** Throws what the file system throws. */
export async function readList(path: string): Promise<InputList> {
  const hash = createHash('sha256');
  const decoder = new StringDecoder('utf8');
  const inputs: ListedInput[] = [];
  let rest = '';
  let isDamaged = false;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    if (isDamaged) continue;
    const lines = (rest + decoder.write(piece)).split('\n');
    rest = lines.pop() ?? '';
    const read = lines.map(inputIn);
    isDamaged = rest.length > LONGEST_LINE || read.includes(undefined);
    for (const input of read) if (input !== undefined) inputs.push(input);
  }
  const sha256 = hash.digest('hex');
  return { sha256, inputs: isDamaged || rest !== '' ? undefined : inputs };
}

function inputIn(line: string): ListedInput | undefined {
  try {
    const value = parseJson(line);
    if (!isObject(value)) return undefined;
    const { path, size, sha256, late } = value;
    const isHash = sha256 === null || (typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256));
    if (typeof path !== 'string' || typeof size !== 'number' || !isHash) return undefined;
    return { path, size, sha256, late: late === true };
  } catch {
    return undefined;
  }
}
