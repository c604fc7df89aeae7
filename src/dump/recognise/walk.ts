/**
 * Finds the events inside of a JSON value, whatever product wrapped them: in members, lists, maps by ID, and in strings that
 * hold JSON. An event is taken whole, and nothing inside it is looked at.
 */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';
import {
  hasIdentity,
  isBeside,
  isEvent,
  isListRow,
  isNameOfCall,
  otherReason,
  reasonNoEvent,
  type Bar,
} from './event.js';
import { Findings, isCopy } from './findings.js';
import { holdsEvents } from './holds.js';
import type { NestedText } from './nested-text.js';
import { LIST_ROW, pairsOf, shapeOf, textKind, UNKNOWN_FORM } from './shapes.js';
import { isCarrier, isEventField, isOriginalKey, isRelayed } from './spelling.js';

/** Levels of lists and objects around an event, in one text. */
const MAX_LEVELS = 16;
/** Levels of texts in texts. */
const MAX_TEXTS = 6;
/** A shorter text holds no event. */
const MIN_TEXT = 40;

interface Place {
  /** How much a value must look like an event to be one. */
  readonly bar: Bar;
  readonly level: number;
  readonly texts: number;
}

export class Walk {
  readonly found = new Findings();
  readonly #texts: NestedText;

  /** `texts` limits the work on all strings of one value of a log. */
  constructor(texts: NestedText) {
    this.#texts = texts;
  }

  /** Looks for events in a value. */
  visit(value: Json, place: Place = { bar: 'name', level: 0, texts: 0 }): void {
    if (typeof value === 'string') {
      if (value.length >= MIN_TEXT) this.#visitText(value, place);
    } else if (typeof value === 'object' && value !== null) {
      if (place.level > MAX_LEVELS) this.#loseIfEvents(value);
      else if (isObject(value)) this.#visitObject(value, place);
      else this.#visitList(value, place);
    }
  }

  #visitList(list: readonly Json[], place: Place): void {
    const before = this.found.count;
    for (const item of list) this.visit(item, inside(place));
    const pairs = this.found.count === before ? pairsOf(list) : undefined;
    if (pairs !== undefined) this.found.loseForeign(pairs);
  }

  #visitObject(value: JsonObject, place: Place): void {
    const decoy =
      reasonNoEvent(value) ?? (isEvent(value, place.bar) ? undefined : otherReason(value));
    if (decoy !== undefined) return this.#visitOther(value, decoy, place);
    if (this.#visitCarriers(value, place)) return;
    if (isEvent(value, place.bar)) return this.#addEvent(value, place);
    if (Object.hasOwn(value, 'detail-type') && isObject(value['detail']))
      return this.#visitDetail(value['detail'], value['account'], place);
    const shape = shapeOf(value);
    const before = this.found.count;
    this.#visitMembers(value, place, shape === undefined ? () => true : isOriginalKey);
    if (shape !== undefined && this.found.count === before) this.found.loseForeign(shape);
  }

  #addEvent(value: JsonObject, place: Place): void {
    const whole = this.#wholeEvent(value, place);
    if (whole === undefined && isListRow(value)) this.found.loseForeign(LIST_ROW);
    else if (whole === undefined && place.bar !== 'one key' && isNameOfCall(value))
      this.found.addNameOfCall();
    else this.found.addEvent(whole ?? value);
  }

  #visitMembers(value: JsonObject, place: Place, isWanted: (key: string) => boolean): void {
    for (const [key, member] of Object.entries(value)) {
      const mayHold = typeof member === 'string' ? member.length >= MIN_TEXT : isNested(member);
      if (mayHold && !isEventField(key) && isWanted(key)) this.visit(member, inside(place));
    }
  }

  /** What AWS writes besides events. A queue, a topic or a stream may have passed on events, and anything may stand beside. */
  #visitOther(value: JsonObject, reason: string, place: Place): void {
    const before = this.found.count;
    if (reasonNoEvent(value) === undefined) this.#visitMembers(value, place, isBeside);
    else if (reason === 'notification' && !Object.hasOwn(value, 's3'))
      this.#visitMembers(value, place, isRelayed);
    if (this.found.count === before) this.found.addOther(reason);
  }

  /**
   * The detail of an event of EventBridge. It is an event itself, or nothing in it is: whoever puts an object into a bucket
   * chooses the name of the object. Many have the account only around it.
   */
  #visitDetail(detail: JsonObject, account: Json | undefined, place: Place): void {
    const isNone = reasonNoEvent(detail) === undefined && !isEvent(detail, 'name');
    if (isNone) this.found.addOther(otherReason(detail) ?? 'other EventBridge event');
    else this.visit(withAccount(detail, account), { ...inside(place), bar: 'name' });
  }

  /** Visits the member that holds the whole event. Returns whether there is one. */
  #visitCarriers(value: JsonObject, place: Place): boolean {
    const before = this.found.count;
    for (const [key, member] of Object.entries(value)) {
      if (!isCarrier(key)) continue;
      this.visit(member, { ...inside(place), bar: 'one key' });
      if (this.found.count > before) return true;
      if (key !== 'CloudTrailEvent' || hasIdentity(value)) continue;
      this.found.lose(reasonNone(member));
      return true;
    }
    return false;
  }

  /** The event that a row with some of its members holds in another member. */
  #wholeEvent(row: JsonObject, place: Place): JsonObject | undefined {
    if (hasIdentity(row) || place.bar === 'one key') return undefined;
    const inner = new Walk(this.#texts);
    inner.#visitMembers(row, place, () => true);
    return inner.found.events.find((event) => hasIdentity(event) && isCopy(row, event));
  }

  #visitText(text: string, { bar, texts }: Place): void {
    const isExpected = bar === 'one key';
    const items = texts < MAX_TEXTS ? this.#texts.open(text, isExpected) : undefined;
    const before = this.found.count;
    const lost: string[] = [];
    for (const item of items ?? []) {
      if (item.kind === 'lost') lost.push(item.reason);
      else
        this.visit(item.value, {
          bar: isExpected ? bar : 'whole name',
          level: 0,
          texts: texts + 1,
        });
    }
    const isFound = this.found.count > before;
    if (isFound) for (const reason of lost) this.found.lose(reason);
    else if (!isExpected && holdsEvents(text)) this.found.lose(lost[0] ?? textKind(text));
  }

  #loseIfEvents(value: Json): void {
    try {
      if (holdsEvents(JSON.stringify(value))) this.found.lose(UNKNOWN_FORM);
    } catch {
      this.found.lose('nested too deeply');
    }
  }
}

function withAccount(event: JsonObject, account: Json | undefined): JsonObject {
  const isNeeded = account !== undefined && memberOf(event, 'recipientAccountId') === undefined;
  return isNeeded ? { ...event, recipientAccountId: account } : event;
}

function inside({ level, texts }: Place): Place {
  return { bar: 'whole name', level: level + 1, texts };
}

function isNested(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

/** Why a value that must hold an event holds none. */
function reasonNone(value: Json): string {
  if (typeof value === 'string') return 'CloudTrailEvent: invalid JSON, or no event';
  if (isNested(value)) return 'CloudTrailEvent: no event';
  return `CloudTrailEvent is ${value === null ? 'null' : `a ${typeof value}`}, not a string`;
}
