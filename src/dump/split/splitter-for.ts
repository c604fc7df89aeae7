/** Chooses how a text is split, by its first bytes: JSON, or lines of text that have JSON in them. */
import type { Found } from './candidate.js';
import type { Members } from './value/members.js';
import { Splitter } from './splitter.js';
import type { TakeRecords } from './record-taker.js';
import { TextSplitter } from './text/splitter.js';

export interface LogSplitter {
  /** The members of the latest candidate, if it is an object. */
  readonly members: Members;
  /** How many bytes of an unfinished value are in memory. */
  readonly unfinishedBytes: number;
  /** Adds text. To be called when `next` has returned undefined. */
  feed: (chunk: Buffer) => void;
  /** No more text will follow. */
  finish: () => void;
  /** The next thing found. Undefined if more text is needed or, after `finish`, none is left. */
  next: () => Found | undefined;
}

/** So many bytes of a text decide how it is split. */
export const HEAD_BYTES = 256;

/** A splitter for the text that begins with these bytes: its first `HEAD_BYTES`, or all of it. `take` may take records out of it. */
export function splitterFor(head: Buffer, take?: TakeRecords): LogSplitter {
  return beginsWithText(head.subarray(0, HEAD_BYTES)) ? new TextSplitter() : new Splitter({ take });
}

/** The first byte of JSON, after white space and marks of the encoding. A comma is left of a line before. */
const JSON_START = /^[\s,\x1e]*(?:["{]|$)/;
/** A list: what follows its bracket may begin a value. A line of a log may begin with a time or a level in brackets. */
const LIST_START =
  /^[\s,\x1e]*\[\s*(?:[\][{",]|$|(?:true|false|null|-?\d[\d.eE+-]*)\s*(?:[,\]]|$))/;
/** A number or a word of JSON. */
const WORD_START = /^[\s,\x1e]*(?:true|false|null|-?\d[\d.eE+-]*)\s*(?:[,\n]|$)/;
const CONTROL = /[\0-\x08\x0e-\x1a\x7f\ufffd]/;

function beginsWithText(head: Buffer): boolean {
  // The last character may be cut in two.
  const text = head
    .toString()
    .replace(/\ufffd+$/, '')
    .replace(/^\ufeff/, '');
  if (CONTROL.test(text)) return false;
  return ![JSON_START, LIST_START, WORD_START].some((start) => start.test(text));
}
