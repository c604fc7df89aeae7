/** What was found in one value of a log: events, things that are known to be none, and what could not be taken apart. */
import { isEventId } from '../../cloudtrail/event-id.js';
import { scalarText, type JsonObject } from '../../cloudtrail/json.js';
import { hasIdentity } from './event.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';

export class Findings {
  readonly events: JsonObject[] = [];
  /** How many values were no events, by what they were. */
  readonly others = new Map<string, number>();
  /** Why something is lost, with its number. */
  readonly losses = new Map<string, number>();
  /** The same for events in the known forms of other tools. */
  readonly foreign = new Map<string, number>();
  /** How many values only name a call. */
  namesOfCalls = 0;
  /** How often something was added. */
  count = 0;
  readonly #positions = new Map<string, number>();

  /** Adds an event. The same event twice in one value is one record; of its copies, one with an identity is kept. */
  addEvent(event: JsonObject): void {
    this.count += 1;
    const key = keyOf(event);
    const known = this.#positions.get(key);
    if (known === undefined) this.#positions.set(key, this.events.push(event) - 1);
    else if (!hasIdentity(this.events[known] as JsonObject)) this.events[known] = event;
  }

  addOther(reason: string): void {
    this.count += 1;
    this.others.set(reason, (this.others.get(reason) ?? 0) + 1);
  }

  addNameOfCall(): void {
    this.count += 1;
    this.namesOfCalls += 1;
  }

  lose(reason: string): void {
    this.count += 1;
    this.losses.set(reason, (this.losses.get(reason) ?? 0) + 1);
  }

  loseForeign(reason: string): void {
    this.count += 1;
    this.foreign.set(reason, (this.foreign.get(reason) ?? 0) + 1);
  }
}

/** Whether one event is a copy of some members of another. */
export function isCopy(copy: JsonObject, of: JsonObject): boolean {
  if (memberOf(copy, 'eventName') !== memberOf(of, 'eventName')) return false;
  const [a, b] = [memberOf(copy, 'eventID'), memberOf(of, 'eventID')];
  return !isEventId(a) || !isEventId(b) || a === b;
}

function keyOf(event: JsonObject): string {
  const id = memberOf(event, 'eventID');
  const name = scalarText(memberOf(event, 'eventName')) ?? '';
  if (isEventId(id)) return `${id}\0${name}`;
  try {
    return JSON.stringify(event);
  } catch {
    // Nested too deeply, which is reported when it becomes a row.
    return '';
  }
}
