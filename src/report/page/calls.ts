/** The calls that the filters leave, whatever the rules say, by their names: writes, reads, and what failed, each in a few lines. */
import { callName } from '../../cloudtrail/service-call.js';
import { counted } from '../../text/counted.js';
import type { CallCount, Report } from '../report.js';
import type { Block, Fact } from './blocks/block.js';
import { joined, text, value, type Text } from './blocks/text.js';
import { instant, timeSpan } from './blocks/words.js';

/** Names of one kind of call. */
const SHOWN = 12;

/** Nothing where calls were not counted, or where there are none. */
export function callBlocks({ calls, otherCalls }: Report): readonly Block[] {
  if (calls === null || calls.length === 0) return [];
  const all = countOf(calls) + otherCalls;
  const kinds = {
    writes: calls.filter(({ mutating, errorCode }) => mutating && errorCode === null),
    reads: calls.filter(({ mutating, errorCode }) => !mutating && errorCode === null),
    failed: calls.filter(({ errorCode }) => errorCode !== null),
  };
  const facts: readonly Fact[] = Object.entries(kinds).flatMap(([label, of]) =>
    of.length === 0
      ? []
      : [{ label, text: text`${[String(countOf(of))]}${callsText(of, SHOWN)}`, isWhole: true }],
  );
  return [
    { kind: 'title', text: [`All calls, by rule or not: ${all}`] },
    { kind: 'facts', facts },
    ...(otherCalls === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: [`and ${counted(otherCalls, 'call')} of more names than are counted`],
          } as const,
        ]),
  ];
}

/** How many events the calls are together. */
export function countOf(calls: readonly CallCount[]): number {
  return calls.reduce((sum, { events }) => sum + events, 0);
}

/** `, 2026-01-14 13:11:40Z to …: ec2:DescribeInstances 40, iam:ListUsers AccessDenied 2, and 3 of 2 more names` */
export function callsText(calls: readonly CallCount[], shown: number): Text {
  const isOne = countOf(calls) === 1;
  const names = calls.slice(0, shown).map((call) => nameText(call, isOne));
  const more = calls.slice(shown);
  const parts = [...names, ...(more.length === 0 ? [] : [[moreText(countOf(more), more.length)]])];
  return text`${[spanOf(calls)]}: ${joined(parts, ', ')}`;
}

function moreText(events: number, names: number): string {
  return `and ${events} of ${counted(names, 'more name')}`;
}

/** When the calls were made; nothing where no time can be read. */
function spanOf(calls: readonly CallCount[]): string {
  const first = calls.flatMap((call) => call.first ?? []).toSorted()[0];
  const last = calls
    .flatMap((call) => call.last ?? [])
    .toSorted()
    .at(-1);
  if (first === undefined || last === undefined) return '';
  return `, ${first === last ? instant(first) : timeSpan(first, last)}`;
}

function nameText({ eventSource, eventName, errorCode, events }: CallCount, isOne: boolean): Text {
  const name = callName(eventSource, eventName ?? 'a call without a name');
  const error = errorCode === null ? [] : text` ${value(errorCode)}`;
  return isOne ? text`${name}${error}` : text`${name}${error} ${events}`;
}
