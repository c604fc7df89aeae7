/**
 * Reads the findings of a JSON report from its file, one at a time, because all of them may exceed memory. The report may have been
 * written anew by another program, so its layout is free. It may also be of any other origin, and is then refused.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { HuntError, reasonOf } from '../errors.js';
import { REPORT_SCHEMA } from '../text/own-report.js';
import { safeLine } from '../text/safe-text.js';

const CHUNK = 1024 * 1024;
/** In UTF-16 units. No finding that hunt writes is as long. */
const LONGEST = 64 * 1024 * 1024;

/** The JSON text of each finding. Throws a HuntError where the file cannot be read, or is no whole report. */
export function* findingsInFile(path: string): Generator<string> {
  const scanner = new Scanner(path);
  for (const text of textsOf(path)) {
    yield* scanner.findings(text);
    if (scanner.isDone) return;
  }
  throw refused(path, 'it ends before its findings do');
}

function* textsOf(path: string): Generator<string> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.alloc(CHUNK);
    for (let count = 1; count > 0;) {
      count = readSync(file, bytes);
      yield decoder.write(bytes.subarray(0, count));
    }
  } catch (error) {
    if (error instanceof HuntError) throw error;
    throw new HuntError('PATH', `cannot read ${safeLine(path)}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refused(path: string, reason: string): HuntError {
  return new HuntError(
    'PATH',
    `${safeLine(path)} is no JSON report of hunt: ${reason}. hunt --output report.json writes one`,
  );
}

/** Follows the strings and brackets of the report. Only a member of the report itself can be its `schema` or `findings`. */
class Scanner {
  readonly #path: string;
  isDone = false;
  #text = '';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Where the string or the finding begins that is being read; -1 where nothing of it is kept. */
  #start = -1;
  #lastString = '';
  #key = '';
  #isReport = false;
  #isInFindings = false;

  constructor(path: string) {
    this.#path = path;
  }

  *findings(more: string): Generator<string> {
    const kept = this.#start < 0 ? '' : this.#text.slice(this.#start);
    this.#text = kept + more;
    if (this.#start >= 0) this.#start = 0;
    if (kept.length > LONGEST) throw refused(this.#path, 'a finding in it is too long');
    for (let at = kept.length; at < this.#text.length && !this.isDone; at++) {
      const sign = this.#text[at] ?? '';
      if (this.#isInString) this.#readString(sign, at);
      else if (sign === '"') this.#beginString(at);
      else if (sign === '{' || sign === '[') this.#open(sign, at);
      else if (sign === '}' || sign === ']') {
        this.#depth -= 1;
        if (this.#start >= 0 && this.#depth === 2) {
          yield this.#text.slice(this.#start, at + 1);
          this.#start = -1;
        }
        if (this.#depth < (this.#isInFindings ? 2 : 1)) this.#end();
      } else if (this.#depth === 1 && sign === ':') this.#key = this.#lastString;
      else if (this.#depth === 1 && sign === ',') this.#key = '';
    }
  }

  #beginString(at: number): void {
    this.#isInString = true;
    if (this.#depth === 1) this.#start = at + 1;
    if (this.#depth === 0) throw refused(this.#path, 'it is a text');
  }

  #readString(sign: string, at: number): void {
    const isEscaped = this.#isEscaped;
    this.#isEscaped = !isEscaped && sign === '\\';
    if (isEscaped || sign !== '"') return;
    this.#isInString = false;
    if (this.#depth !== 1) return;
    this.#lastString = this.#text.slice(this.#start, at);
    this.#start = -1;
    if (this.#key === 'schema') this.#isReport = this.#lastString === REPORT_SCHEMA;
  }

  #open(sign: string, at: number): void {
    if (this.#depth === 0 && sign === '[') throw refused(this.#path, 'it is a list');
    if (this.#depth === 1 && sign === '[' && this.#key === 'findings') {
      if (!this.#isReport) throw refused(this.#path, `its schema is not ${REPORT_SCHEMA}`);
      this.#isInFindings = true;
    } else if (this.#depth === 2 && this.#isInFindings) this.#start = at;
    this.#depth += 1;
  }

  /** The end of the findings, or of the file where it has none. */
  #end(): void {
    if (!this.#isInFindings) throw refused(this.#path, 'it has no findings');
    this.isDone = true;
  }
}
