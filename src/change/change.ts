/** What an event changed, as data. The files beside this one compute it from the event, one file for each service. */
import type { Json } from '../cloudtrail/json.js';

/** The fields of an event that say what it changed. */
export interface ChangeEvent {
  readonly eventName: string | null;
  readonly requestParameters: Json;
  readonly responseElements: Json;
}

export interface Change {
  /** What the call requested, as one line of unescaped text. */
  readonly sentence: string;
  /** Null if the change opens nothing to everyone. */
  readonly exposure: Exposure | null;
}

/** Everyone may reach the resource (`ingress`), or the resource may reach everyone (`egress`). */
export interface Exposure {
  readonly peer: 'everyone';
  readonly direction: 'ingress' | 'egress';
}
