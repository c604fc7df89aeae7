/**
 * Decides what a JSON value of a log is: events, something else that AWS writes, or evidence that cannot be read. What an
 * event is stands in `event.ts`; events inside of other values are found by `walk.ts`.
 */
import { isObject, parseJson, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { keepNumbers } from '../../cloudtrail/numbers.js';
import { mayNeedRepair } from '../../cloudtrail/repair.js';
import type { Context } from '../split/candidate.js';
import { WRAPPER_LISTS } from '../split/envelope.js';
import {
  hasIdentity,
  isEvent,
  isListRow,
  isOriginal,
  isOwnReport,
  otherReason,
  reasonNoEvent,
} from './event.js';
import type { Findings } from './findings.js';
import { holdsEvents, mayHoldEvent } from './holds.js';
import { NestedText } from './nested-text.js';
import { textKind, UNKNOWN_FORM } from './shapes.js';
import { isCarrier } from './spelling.js';
import { Walk } from './walk.js';

export type Recognised =
  | FoundEvent
  /** An envelope, without the records that the splitter took out of it. `isCutOff`: it says that more pages follow. */
  | { readonly kind: 'envelope'; readonly isCutOff: boolean }
  /** The same, of another tool: it is no evidence if its file has no events. */
  | { readonly kind: 'wrapper'; readonly isCutOff: boolean }
  /** No evidence: for example a digest or a notification. */
  | { readonly kind: 'other'; readonly reason: string }
  | FoundStray
  /** Lost evidence. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** Lost evidence: events in the known form of another tool, in a file of any name. */
  | { readonly kind: 'foreign'; readonly reason: string };

/** No evidence, unless the same file holds events: a number, string or list by itself, or the mere name of a call. */
export interface FoundStray {
  readonly kind: 'stray';
  /** Why it is lost, beside events. */
  readonly reason: string;
  /** What it is, without events. */
  readonly what: string;
}

export interface FoundEvent {
  readonly kind: 'event';
  readonly event: JsonObject;
  /** Whether the event is the value itself, parsed by `JSON.parse`. Otherwise its numbers are kept as they stood. */
  readonly isWhole: boolean;
  /** Whether it may have unpaired surrogates. */
  readonly mayNeedRepair: boolean;
}

const NAME_OF_CALL: FoundStray = {
  kind: 'stray',
  reason: 'names a call, and not when, by whom or from where it was made',
  what: 'names of calls, no events',
};

/** What a value is. A value may hold many events. */
export function recognise(text: string, context: Context): readonly Recognised[] {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    return [{ kind: 'broken', reason: parseReason(error) }];
  }
  if (isObject(value)) {
    if (context === 'document' && isOwnReport(value))
      return [{ kind: 'other', reason: 'hunt report' }];
    if (isPlainEvent(value, context))
      return [{ kind: 'event', event: value, isWhole: true, mayNeedRepair: mayNeedRepair(text) }];
  }
  const inside = mayHoldEvent(text) ? eventsInside(value, text) : [];
  return inside.length > 0 ? inside : [withoutEvents(value, context, text)];
}

/** Whether the value is an event that holds no better copy of itself. Most values are, so this comes first. */
function isPlainEvent(value: JsonObject, context: Context): boolean {
  if (reasonNoEvent(value) !== undefined || isListRow(value)) return false;
  const isRecord = context === 'record';
  if (isEvent(value, 'name') && (isRecord ? isOriginal(value) : hasIdentity(value)))
    return isRecord || !Object.keys(value).some(isCarrier);
  if (!isRecord || !isEvent(value, 'one key') || otherReason(value) !== undefined) return false;
  return !isObject(value['detail']) && !Object.keys(value).some(isCarrier);
}

function eventsInside(value: Json, text: string): readonly Recognised[] {
  const exact = keepNumbers(text);
  const texts = new NestedText();
  const walk = new Walk(texts);
  walk.visit(exact === text ? value : parseJson(exact));
  const isOdd = texts.mayNeedRepair || mayNeedRepair(text);
  const { events, others, losses, foreign, namesOfCalls }: Findings = walk.found;
  return [
    ...events.map((event) => ({
      kind: 'event' as const,
      event,
      isWhole: false,
      mayNeedRepair: isOdd,
    })),
    ...repeated('other', others),
    ...Array.from({ length: namesOfCalls }, () => NAME_OF_CALL),
    ...repeated('broken', losses),
    ...repeated('foreign', foreign),
  ];
}

function repeated<Kind extends 'other' | 'broken' | 'foreign'>(
  kind: Kind,
  counts: ReadonlyMap<string, number>,
): readonly { readonly kind: Kind; readonly reason: string }[] {
  return [...counts].flatMap(([reason, count]) =>
    Array.from({ length: count }, () => ({ kind, reason })),
  );
}

/** What a value is in which no event was found. */
function withoutEvents(value: Json, context: Context, text: string): Recognised {
  if (context === 'document' && Array.isArray(value) && value.length === 0)
    return { kind: 'envelope', isCutOff: false };
  const mustBeEvent = context === 'record' || context === 'lookup';
  if (!isObject(value)) {
    const reason = `${typeName(value)} where an event should stand`;
    if (!mustBeEvent && holdsEvents(text)) return { kind: 'broken', reason: textKind(text) };
    return mustBeEvent ? { kind: 'broken', reason } : { kind: 'stray', reason, what: 'other JSON' };
  }
  const reason = otherReason(value);
  if (reason !== undefined) return { kind: 'other', reason };
  if (Object.hasOwn(value, 'detail-type') && isObject(value['detail']))
    return { kind: 'other', reason: 'other EventBridge event' };
  if (context === 'record') return { kind: 'broken', reason: 'no CloudTrail event' };
  const envelope = envelopeOf(value);
  if (envelope) return envelope;
  return holdsEvents(text)
    ? { kind: 'broken', reason: UNKNOWN_FORM }
    : { kind: 'other', reason: 'other JSON' };
}

/** An envelope whose records are not in it any more, or could not be taken out of it. */
function envelopeOf(value: JsonObject): Recognised | undefined {
  const token = value['NextToken'] ?? value['nextToken'];
  const isCutOff = typeof token === 'string' && token !== '';
  for (const name of ['Records', 'RECORDS', 'Events']) {
    const list = value[name];
    // The splitter takes the elements out of such a list. If some are left, it could not: they are lost evidence.
    if (Array.isArray(list) && list.length > 0)
      return { kind: 'broken', reason: `"${name}" could not be read as a list of records` };
    if (Array.isArray(list)) return { kind: 'envelope', isCutOff };
  }
  if (Object.hasOwn(value, 'Records')) return { kind: 'broken', reason: '"Records" is no list' };
  const isWrapper = WRAPPER_LISTS.some((name) => {
    const list = value[name];
    return Array.isArray(list) && list.length === 0;
  });
  return isWrapper ? { kind: 'wrapper', isCutOff } : undefined;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** Why parsing failed. The message of `JSON.parse` is not used: it quotes the log, which may be hostile and long. */
function parseReason(error: unknown): string {
  return error instanceof RangeError ? 'nested too deeply' : 'invalid JSON';
}
