/**
 * Whether a text may hold CloudTrail events: it has the names of an event's fields. It decides only whether a file is read, or
 * whether one that cannot be read is lost evidence; the reader decides what an event is.
 */
import { isSourceName } from '../../find/names.js';

const NAMES =
  'event[_ ]?(?:name|source|time|version|id)|user[_ ]?identity|aws[_ ]?region|CloudTrailEvent|Records';
const WORDS = new RegExp(NAMES, 'gi');
/** As keys of JSON, which may be JSON in a string or a quoted cell of CSV. */
const KEYS = new RegExp(`["\\\\](${NAMES})[\\\\"]+\\s*:`, 'gi');
/** Longer than any name with its quotes: what may be left of a name at the end of a piece. */
const OVERLAP = 32;

/** The different names of an event's fields that a text has, in lower case. */
export function eventNamesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(WORDS)].map(([name]) => plain(name)));
}

/** The same, only for keys of JSON. */
export function eventKeysIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(KEYS)].map(([, name = '']) => plain(name)));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_ ]/g, '');
}

/** Whether a text in a file of any name, of which this is the beginning, is to be read as a log. */
export function mayBeLog(head: string, path: string): boolean {
  if (/^[\s\ufeff\u001e]*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{"\]\d.tfn-]|$))/.test(head))
    // A source map and the like are JSON too, and may be long.
    return !isSourceName(path) || eventNamesIn(head).size > 0;
  if (isSourceName(path)) return /^[\s-]*CloudTrailEvent:/m.test(head);
  return (
    eventKeysIn(head).size >= 2 || (eventNamesIn(head).size >= 3 && /amazonaws\.com/i.test(head))
  );
}

/** Notes whether the text that passes has names of an event's fields. */
export class EventWatch {
  readonly #found = new Set<string>();
  /** Whether reading the text failed, for example at damage. */
  hasFailed = false;

  /** Two names: one alone is a word of many programs. */
  get hasSeenEvents(): boolean {
    return this.#found.size >= 2;
  }

  /** The same text. */
  async *watch(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let before = '';
    try {
      for await (const piece of text) {
        if (!this.hasSeenEvents) {
          const now = before + piece.toString('latin1');
          for (const name of eventNamesIn(now)) this.#found.add(name);
          before = now.slice(-OVERLAP);
        }
        yield piece;
      }
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
  }
}
