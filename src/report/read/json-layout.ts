/**
 * Where the findings of a JSON report lie in its file. All of them together may exceed memory, so only their positions are kept. The
 * report may have been written anew by another program, so its layout is free. It may also be of any other origin.
 */
import type { ReportFile } from './file.js';
import { Positions } from './positions.js';

export interface JsonLayout {
  /** The JSON text of the report, with an empty list for the findings. */
  readonly rest: string;
  readonly findings: Positions;
}

/** In bytes: no finding that hunt writes is as long, and not what a report says beside its findings, which is in memory as a whole. */
export const LONGEST = 256 * 1024 * 1024;
/** A hostile log may nest a thousand levels. JavaScript's stack overflows at several thousand. */
export const MOST_LEVELS = 2000;

const QUOTE = 0x22;
const ESCAPE = 0x5c;
const COMMA = 0x2c;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
/** Long enough for `findings`, however its letters are escaped. */
const LONGEST_KEY = 64;

/** Reads the whole file. Throws a HuntError where it is no report. */
export function jsonLayout(file: ReportFile): JsonLayout {
  const scanner = new Scanner(file);
  for (const chunk of file.chunks()) scanner.read(chunk);
  return scanner.layout();
}

/** Follows strings and brackets. Everything else is left to `JSON.parse`, finding by finding. */
class Scanner {
  readonly #file: ReportFile;
  readonly #findings = new Positions();
  readonly #rest: Buffer[] = [];
  #restBytes = 0;
  /** The bytes before the present chunk. */
  #before = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The last string among the members of the report, quoted: before a colon, a key. */
  #lastString = '';
  #isInFindings = false;
  #hasFindings = false;
  #findingStart = 0;

  constructor(file: ReportFile) {
    this.#file = file;
  }

  read(chunk: Buffer): void {
    // Where the bytes begin that are not of findings; -1 inside of the findings.
    let restStart = this.#isInFindings ? -1 : 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#isInString) this.#readString(byte);
      else if (byte === QUOTE) this.#beginString();
      else if (byte === OBJECT || byte === LIST) {
        const isList = this.#open(byte, this.#before + at);
        if (isList) {
          this.#keep(chunk.subarray(restStart, at + 1));
          restStart = -1;
        }
      } else if (byte === OBJECT_END || byte === LIST_END) {
        if (this.#close(byte, this.#before + at)) restStart = at;
      } else if (this.#isInFindings && this.#depth === 2 && byte > 0x20 && byte !== COMMA)
        throw this.#noObject();
    }
    if (restStart >= 0) this.#keep(chunk.subarray(restStart));
    this.#before += chunk.length;
  }

  layout(): JsonLayout {
    if (this.#depth > 0) throw this.#file.refused('it ends in the middle');
    if (!this.#hasFindings) throw this.#file.refused('it has no findings');
    return {
      rest: Buffer.concat(this.#rest)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
      findings: this.#findings,
    };
  }

  #readString(byte: number): void {
    if (this.#depth === 1 && this.#lastString.length < LONGEST_KEY)
      this.#lastString += String.fromCharCode(byte);
    const isEscaped = this.#isEscaped;
    this.#isEscaped = !isEscaped && byte === ESCAPE;
    if (!isEscaped && byte === QUOTE) this.#isInString = false;
  }

  #beginString(): void {
    if (this.#depth === 0) throw this.#file.refused('it is a text');
    if (this.#isInFindings && this.#depth === 2) throw this.#noObject();
    this.#isInString = true;
    if (this.#depth === 1) this.#lastString = '"';
  }

  /** Whether the findings begin here. */
  #open(byte: number, at: number): boolean {
    if (this.#depth === 0 && byte === LIST) throw this.#file.refused('it is a list');
    const isFindings = this.#depth === 1 && byte === LIST && isFindingsKey(this.#lastString);
    if (isFindings && this.#hasFindings) throw this.#file.refused('it has findings twice');
    if (this.#isInFindings && this.#depth === 2) {
      if (byte === LIST) throw this.#noObject();
      this.#findingStart = at;
    }
    this.#depth += 1;
    if (this.#depth > MOST_LEVELS)
      throw this.#file.refused(`it nests deeper than ${MOST_LEVELS} levels`);
    if (!isFindings) return false;
    this.#hasFindings = true;
    this.#isInFindings = true;
    return true;
  }

  /** Whether the findings end here. */
  #close(byte: number, at: number): boolean {
    this.#depth -= 1;
    if (!this.#isInFindings || this.#depth > 2) return false;
    if (this.#depth === 1) {
      this.#isInFindings = false;
      return true;
    }
    if (byte === LIST_END) throw this.#file.refused(`${this.#nextFinding()} is not JSON`);
    if (at - this.#findingStart >= LONGEST)
      throw this.#file.refused(`${this.#nextFinding()} is too long`);
    this.#findings.add({ from: this.#findingStart, to: at + 1 });
    return false;
  }

  #keep(bytes: Buffer): void {
    this.#restBytes += bytes.length;
    if (this.#restBytes > LONGEST)
      throw this.#file.refused('what it has beside findings is too long');
    this.#rest.push(Buffer.from(bytes));
  }

  #noObject(): Error {
    return this.#file.refused(`${this.#nextFinding()} is no object`);
  }

  #nextFinding(): string {
    return `findings[${this.#findings.length}]`;
  }
}

function isFindingsKey(quoted: string): boolean {
  if (quoted === '"findings"') return true;
  if (!quoted.includes('\\')) return false;
  try {
    return JSON.parse(quoted) === 'findings';
  } catch {
    return false;
  }
}
