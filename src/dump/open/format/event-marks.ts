/**
 * Whether a text may hold CloudTrail events: it has the names of an event's fields. It decides only whether a file is read, or
 * whether one that cannot be read is lost evidence; the reader decides what an event is.
 */
import { DOMAIN_PATTERN } from '../../../cloudtrail/service-name.js';
import { isDataName, isSourceName } from '../../find/names.js';

const NAMES =
  'event[_ ]?(?:name|source|time|version|id)|user[_ ]?identity|aws[_ ]?region|CloudTrailEvent|Records';
const WORDS = new RegExp(NAMES, 'gi');
/** As keys of JSON, which may be JSON in a string or a quoted cell of CSV. */
const KEYS = new RegExp(`["\\\\](${NAMES})[\\\\"]+\\s*:`, 'gi');
/** Text that may hold an event's names is kept so long, to find whether they have values. */
const KEPT = 64 << 10;
/** A detection rule, whose tests have events in them. */
const RULE = /^(?:AnalysisType|RuleID|Detection|detection|logsource|Tests):/m;
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

/** A quote as JSON, CSV, YAML, XML or a program writes it. */
const QUOTE = String.raw`(?:["'\\]|&quot;|&#34;|&#x22;|&#39;)*`;
const valueOf = (names: string, value: string): RegExp =>
  new RegExp(`${names}${QUOTE}\\s*(?:[:=,>]|=>)\\s*${QUOTE}${value}`, 'i');
const OF_AWS = new RegExp(DOMAIN_PATTERN, 'i');
const REAL_VALUES = [
  valueOf('event_?source', String.raw`[a-z0-9.-]+\.${DOMAIN_PATTERN}`),
  valueOf('event_?time', String.raw`\d{4}-\d\d-\d\dT`),
  valueOf('(?:event_?id|account_?id)', '(?:[0-9a-f]{8}-[0-9a-f]{4}-|\\d{12})'),
];

/** Whether a text holds a whole event's names with values, in any notation: a rule or a document has names alone. */
function holdsRealEvent(text: string): boolean {
  return REAL_VALUES.every((value) => value.test(text));
}

/** Whether a text in a file of any name, of which this is the beginning, is to be read as a log. */
export function mayBeLog(head: string, path: string): boolean {
  if (/^[\s\ufeff\u001e]*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{"\]\d.tfn-]|$))/.test(head))
    // A source map and the like are JSON too, and may be long.
    return !isSourceName(path) || eventNamesIn(head).size > 0;
  if (isSourceName(path))
    return (
      /^[ \t\ufeff-]*CloudTrailEvent:/m.test(head) ||
      (isDataName(path) && !RULE.test(head) && holdsRealEvent(head))
    );
  return eventKeysIn(head).size >= 2 || (eventNamesIn(head).size >= 3 && OF_AWS.test(head));
}

/** Notes whether the text that passes has names of an event's fields. */
export class EventWatch {
  readonly #found = new Set<string>();
  /** Whether the text holds a whole event, in any notation. */
  hasRealEvent = false;
  #recent = '';
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
        this.#lookForEvent(piece);
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

  /** Tests only pieces in which a name stands, because the test takes longer than the search. */
  #lookForEvent(piece: Buffer): void {
    if (this.hasRealEvent) return;
    const at = Math.max(0, piece.indexOf('eventSource') - KEPT / 2);
    const isNear = piece.includes('eventSource') || piece.includes('eventTime');
    if (!isNear && this.#recent === '') return;
    const text = this.#recent + piece.toString('latin1', at, at + KEPT);
    this.hasRealEvent = holdsRealEvent(text);
    this.#recent = isNear ? text.slice(-KEPT / 2) : '';
  }
}
