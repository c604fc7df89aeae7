/** What is remembered of a habit: the addresses, tools or calls of an actor or a key, and when each was first there. */

/** An instant in milliseconds, and the event at it. */
export interface Point {
  readonly at: number;
  readonly eventID: string | null;
}

export type EventTime = Readonly<Record<'eventTime' | 'eventID', string | null>>;

/** When each value was first there, in order. */
export type Values = Map<string, Point>;

/** Who has more of something than this has no usual one: such are the machines of a CI. */
const MOST_USUAL = 5;
/** Only a hostile log has findings with more. */
const MOST_VALUES = 50;

/** When an event was; undefined if it has no time. */
export function pointOf({ eventTime, eventID }: EventTime): Point | undefined {
  return eventTime === null ? undefined : { at: Date.parse(eventTime), eventID };
}

/** Adds a use. They come in the order of time. */
export function addValue(values: Values, value: string | null, point: Point): void {
  if (value !== null && !values.has(value) && values.size < MOST_VALUES) values.set(value, point);
}

/** The values that were there before an instant. */
export function valuesBefore(values: ReadonlyMap<string, Point>, at: number): readonly string[] {
  return [...values].flatMap(([value, point]) => (point.at < at ? [value] : []));
}

/** Whether somebody who has so many of something has usual ones, so that another is worth a look. */
export function isUsual(count: number): boolean {
  return count <= MOST_USUAL;
}
