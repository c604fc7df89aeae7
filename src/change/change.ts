/** What an event changed, as data. The files beside this one compute it from the event, one file for each service. */
import type { Json } from '../cloudtrail/json.js';

/** The fields of an event that say what it changed. */
export interface ChangeEvent {
  readonly eventName: string | null;
  readonly requestParameters: Json;
  readonly responseElements: Json;
}

export interface Change {
  /** One line of unescaped text: what the call asked for. */
  readonly sentence: string;
  /** Null where the change opens nothing to everyone. */
  readonly exposure: Exposure | null;
}

/** Whom a change lets in (`ingress`), or whom it lets the resource reach (`egress`). */
export interface Exposure {
  readonly peer: 'everyone';
  readonly direction: 'ingress' | 'egress';
}
