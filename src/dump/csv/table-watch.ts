/** Notes whether rows without a whole event are events whose fields have columns of their own, and who wrote them so. */
import { isServiceHost } from '../../cloudtrail/service-name.js';

/** In lower case and without what separates words. */
const EVENT_COLUMNS = new Set([
  'eventname',
  'eventsource',
  'eventtime',
  'eventid',
  'eventversion',
  'useridentity',
  'awsregion',
  'sourceipaddress',
]);
/** Columns that tables about something else have too, or that name a part of an event. */
const WEAK_COLUMNS = new Set([
  'evtname',
  'eventaction',
  'eventprovider',
  'requestparameters',
  'responseelements',
  'username',
]);
/** What the names of the events that matter most look like. */
const EVENT_NAME =
  /^(?:(?:Add|Assume|Attach|Authorize|Create|Delete|Deregister|Describe|Detach|Disable|Get|List|Modify|Put|Revoke|Run|Start|Stop|Terminate|Update)[A-Za-z]{0,99}(?:AccessKey|Bucket|Function|Image|Instance|Instances|KeyPair|Logging|LoginProfile|Policy|Role|Secret|SecretValue|SecurityGroup|Snapshot|Trail|Volume|Vpc)[A-Za-z]*|ConsoleLogin)$/;
/** The words of a line in the format of a SIEM. */
const CEF = /^(?:.*\s)?(?:CEF|LEEF):\d/;
/** Columns that only the history in the console has. */
const CONSOLE_COLUMNS = ['username', 'resourcetype', 'readonly'];
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
/** How a struct of Athena or Trino is printed. */
const STRUCT = /^\{type=/;

export class TableWatch {
  #isFirst = true;
  #columns: readonly string[] = [];
  #hasStruct = false;
  #hasCef = false;
  #isOfLake = false;
  #mayBeEvents = false;
  #rowsOfEvents = 0;

  /** Whether the rows are events. */
  get isOfEvents(): boolean {
    return this.#rowsOfEvents > 0;
  }

  /** Looks at a row without a whole event. */
  see(cells: readonly string[]): void {
    // Excel's line that names the delimiter.
    if (this.#isFirst && cells.length <= 2 && cells[0]?.startsWith('sep=') === true) return;
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#seeHeader(cells);
      if (this.#columns.length > 0) return;
    }
    const isCef = CEF.test(cells[0] ?? '') && cells.some((cell) => /cloudtrail/i.test(cell));
    if (this.#columns.length === 0 && !isCef && !this.#isEvent(cells)) return;
    this.#rowsOfEvents += 1;
    this.#hasCef ||= isCef;
    this.#hasStruct ||= cells.some((cell) => STRUCT.test(cell));
  }

  #seeHeader(cells: readonly string[]): void {
    const names = cells.slice(0, 500).map(columnName);
    const known = new Set(names.filter((name) => EVENT_COLUMNS.has(name)));
    const weak = new Set(names.filter((name) => WEAK_COLUMNS.has(name)));
    // Any table may have a name of an event and one of a user.
    const isSure = known.size >= 2 || (known.size === 1 && weak.has('requestparameters'));
    this.#columns = isSure ? names : [];
    this.#mayBeEvents = known.size + weak.size >= 2;
    this.#isOfLake = isSure && cells.some((cell) => /^event[A-Z]/.test(cell));
  }

  /** Whether a row below a header that says little, or below none, is an event. */
  #isEvent(cells: readonly string[]): boolean {
    const hasService = cells.some((cell) => isServiceHost(cell));
    if (hasService && cells.some((cell) => TIME.test(cell))) return true;
    if (!cells.some((cell) => EVENT_NAME.test(cell))) return false;
    return hasService || this.#mayBeEvents || cells.some((cell) => TIME.test(cell));
  }

  /** What is lost; undefined if nothing is. `whole` is how many whole events there were. */
  reason(whole: number): string | undefined {
    if (this.#rowsOfEvents === 0) return undefined;
    if (whole > 0) return `CSV with ${this.#rowsOfEvents} rows that hold no whole event`;
    if (this.#hasCef) return 'CEF or LEEF lines: export the whole event as JSON';
    return `CSV without whole events: ${this.#advice()}`;
  }

  #advice(): string {
    if (this.#hasStruct)
      return 'hunt the table itself with --athena, or select the whole event as JSON';
    if (CONSOLE_COLUMNS.every((name) => this.#columns.includes(name)))
      return "download the console's event history as JSON";
    const lake = this.#isOfLake ? ', in CloudTrail Lake the column eventJson' : '';
    return `export the whole event as JSON${lake}`;
  }
}

/** Whether a cell is the name of a column that only events have. */
export function isEventColumn(cell: string): boolean {
  return EVENT_COLUMNS.has(columnName(cell));
}

/** The name of a column, also of one that a tool put below others: `data.aws.eventName`. */
function columnName(cell: string): string {
  const parts = cell.toLowerCase().split('.');
  const names = [parts, parts.slice(-2), parts.slice(-1), parts.slice(0, 1)].map((some) =>
    some.join('').replace(/[^a-z]/g, ''),
  );
  const isKnown = (name: string): boolean => EVENT_COLUMNS.has(name) || WEAK_COLUMNS.has(name);
  return names.find(isKnown) ?? names[0] ?? '';
}
