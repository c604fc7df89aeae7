/** Notes whether rows without a whole event are events whose fields have columns of their own, and who wrote them so. */

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
/** Columns that only the history in the console has. */
const CONSOLE_COLUMNS = ['username', 'resourcetype', 'readonly'];
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
/** How a struct of Athena or Trino is printed. */
const STRUCT = /^\{type=/;

export class TableWatch {
  #isFirst = true;
  #columns: readonly string[] = [];
  #hasStruct = false;
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
      const names = cells.slice(0, 500).map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
      this.#columns = names.filter((name) => EVENT_COLUMNS.has(name)).length >= 2 ? names : [];
      if (this.#columns.length > 0) return;
    }
    const isEvent =
      this.#columns.length > 0 ||
      (cells.some((cell) => SERVICE.test(cell)) && cells.some((cell) => TIME.test(cell)));
    if (!isEvent) return;
    this.#rowsOfEvents += 1;
    this.#hasStruct ||= cells.some((cell) => STRUCT.test(cell));
  }

  /** What is lost; undefined if nothing is. `whole` is how many whole events there were. */
  reason(whole: number): string | undefined {
    if (this.#rowsOfEvents === 0) return undefined;
    if (whole > 0) return `CSV with ${this.#rowsOfEvents} rows that hold no whole event`;
    return `CSV without whole events: ${this.#advice()}`;
  }

  #advice(): string {
    if (this.#hasStruct)
      return 'hunt the table itself with --athena, or select the whole event as JSON';
    if (CONSOLE_COLUMNS.every((name) => this.#columns.includes(name)))
      return "download the console's event history as JSON";
    return 'export the whole event as JSON, in CloudTrail Lake the column eventJson';
  }
}
