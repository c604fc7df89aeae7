/** The lines that `hunt tune` prints of a proposal. Names and sentences come from logs, so each line is made safe. */
import { stringify } from 'yaml';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import type { Effect, Shown } from './effect.js';
import type { Entry } from './entry.js';
import type { Proposal, Refusal } from './propose.js';

/** What an entry would hide somewhere. */
export interface EffectIn {
  readonly place: string;
  readonly effect: Effect;
  /** All findings there. */
  readonly of: number;
  /** Those of its findings that nobody has accepted, or judged. They are shown first. */
  readonly others: Effect;
  readonly missing: 'accepted' | 'judged';
}

const LINE = 160;
const MOST_ACTORS = 5;

export function proposalLines(
  number: number,
  { from, exceptions }: Proposal,
  { entry, effects }: { readonly entry: Entry; readonly effects: readonly EffectIn[] },
): readonly string[] {
  const by = exceptions.length === 0 ? '' : ` (${exceptions.join(', ')})`;
  return [
    `Proposal ${number}, from ${counted(from, 'accepted finding')}${by}:`,
    '',
    ...stringify([entry], { lineWidth: 0 })
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    ...widthLines(entry),
    ...effects.flatMap(effectLines),
    '',
  ].map(safeLine);
}

/** What is not asked for, an entry does not show. */
const UNASKED = [
  ['account', 'in every account'],
  ['network', 'from every address'],
  ['call', 'for every call'],
] as const;

function widthLines(entry: Entry): readonly string[] {
  const wide = UNASKED.flatMap(([key, text]) => (entry[key] === undefined ? [text] : []));
  return wide.length === 0 ? [] : [`  It holds ${wide.join(', ')}.`];
}

function effectLines({ place, effect, of, others, missing }: EffectIn): readonly string[] {
  const { hidden, by, serious } = effect;
  const actors = by.slice(0, MOST_ACTORS).map(([actor, findings]) => `${findings} by ${actor}`);
  const more = by.length - actors.length;
  const whose = [...actors, ...(more > 0 ? [counted(more, 'more actor')] : [])].join(', ');
  return [
    truncate(
      `  In ${place} it hides ${hidden} of ${counted(of, 'finding')}${hidden === 0 ? '' : `: ${whose}`}`,
      LINE,
    ),
    ...(others.hidden === 0 ? serious.map(shownLine) : unjudgedLines(others, missing)),
  ];
}

function unjudgedLines(
  { hidden, serious }: Effect,
  missing: EffectIn['missing'],
): readonly string[] {
  const look = hidden === 1 ? 'Look at it' : 'Look at them, such as';
  return [`    Nobody has ${missing} ${hidden} of them. ${look}:`, ...serious.map(shownLine)];
}

function shownLine({ eventID, text }: Shown): string {
  return `    ${truncate(text, LINE)}${eventID === null ? '' : `  ${truncate(eventID, 80)}`}`;
}

export function refusalLines({ from, reason, shown }: Refusal): readonly string[] {
  return [
    `No proposal for ${counted(from, 'accepted finding')}: ${reason}${shown.length > 0 ? ':' : ''}`,
    ...shown.map(shownLine),
    '',
  ].map(safeLine);
}
