/** What became of the resource of `hunt what`: what it is, whether it is still there, and which states last. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report } from '../report.js';
import { under, type Block, type Fact } from './blocks/block.js';
import { joined, text, value, type Text } from './blocks/text.js';
import { instant, timeSpan } from './blocks/words.js';

const SHOWN = 20;
const SHOWN_LAST = 4;
// In columns.
const NAME = 176;

/** Nothing in other reports. */
export function* historyBlocks(report: Report): Generator<Block> {
  const { history, subject, findings } = report;
  if (history === null || subject === null) return;
  yield { kind: 'title', text: text`What happened to ${value(truncate(subject.text, NAME))}` };
  if (findings.length === 0) return;
  const { made, deleted, renamed, lasting, ended } = history;
  const named = (one: Placed): Text => text`${value(one.resource)}${inAccount(one, history)}`;
  yield { kind: 'facts', facts: kindFacts(history) };
  yield* under(
    [`How it stands at the end of the ${report.window.until === null ? 'logs' : 'window'}`],
    factsBlocks([
      ...deleted.map((one) => fact('deleted', text`${named(one)}, ${whenText(one)}`)),
      ...made
        .filter(
          ({ resource, account }) =>
            !deleted.some((one) => one.resource === resource && one.account === account),
        )
        .map((one) => fact('made', text`${named(one)}, ${whenText(one)}`)),
      ...renamed.map((one) =>
        fact('renamed', text`${named(one)}: now ${value(one.newResource)}, ${whenText(one)}`),
      ),
      ...lasting.map((one) =>
        fact(
          one.isKnown ? 'still' : 'still?',
          text`${named(one)}: ${value(one.what)}, since ${whenText(one)}`,
        ),
      ),
      ...(ended === 0
        ? []
        : [fact('ended', [`${counted(ended, 'state')} that began in these logs`])]),
    ]),
  );
  yield { kind: 'paragraph', text: [limitsText(report)] };
}

function factsBlocks(facts: readonly Fact[]): readonly Block[] {
  if (facts.length === 0)
    return [{ kind: 'paragraph', text: ['no call in these logs began a state that lasts'] }];
  const more = facts.length - SHOWN;
  return [
    { kind: 'facts', facts: facts.slice(0, SHOWN) },
    ...(more > 0
      ? [{ kind: 'paragraph', text: [`and ${more} more: the JSON report has them`] } as const]
      : []),
  ];
}

function kindFacts({
  kinds,
  otherIds,
  isFollowed,
}: NonNullable<Report['history']>): readonly Fact[] {
  const names = kinds.slice(0, SHOWN_LAST).map(({ type, account, isOwner, events }) => {
    const isOne = kinds.every((other) => other.type !== type || other.account === account);
    // Another account may have called, and not own it.
    const where = account === null ? [] : text` in ${isOne || isOwner ? '' : 'logs of '}${account}`;
    return text`${value(truncate(type, NAME))}${where} (${[counted(events, 'event')]})`;
  });
  const more = kinds.length - names.length;
  const all = [...names, ...(more > 0 ? [[`${more} more`]] : [])];
  const ids = otherIds.slice(0, SHOWN_LAST).map((id) => [value(truncate(id, NAME))]);
  return [
    fact(
      'it is',
      all.length === 0 ? ['named by calls, which do not say what it is'] : joined(all, ', '),
    ),
    ...(ids.length === 0
      ? []
      : [
          fact(
            'also',
            text`${joined(ids, ', ')}${[
              isFollowed
                ? ', which was looked for too'
                : ': calls may name it by this alone, so ask hunt what for it too',
            ]}`,
          ),
        ]),
  ];
}

type Placed = NonNullable<Report['history']>['made'][number];

/** The account, where the name means something in several. */
function inAccount(
  { account }: Pick<Placed, 'account'>,
  { kinds }: NonNullable<Report['history']>,
): Text {
  const isOne = kinds.every((other) => other.account === account);
  return isOne || account === null ? [] : text` in ${account}`;
}

function whenText({
  eventTime,
  eventID,
  by,
}: {
  readonly eventTime: string | null;
  readonly eventID: string | null;
  readonly by: string;
}): Text {
  const at = eventTime === null ? 'an unknown time' : instant(eventTime);
  const event = eventID === null ? [] : text` (${truncate(eventID, NAME)})`;
  return text`${[at]} by ${truncate(by, NAME)}${event}`;
}

/** What the logs cannot tell. */
function limitsText({ coverage: { first, last }, window }: Report): string {
  const from = window.since ?? first;
  const until = window.until ?? last;
  return (
    `the logs are of ${timeSpan(from, until)}. They do not show what came before or after, what is in a missing log, ` +
    'or calls that name the resource in another way'
  );
}

/** The end of the report: whether it is still there, and what still lasts. Null in other reports, and where nothing happened. */
export function historyAnswer({ history, findings }: Report): Text | null {
  if (history === null || findings.length === 0) return null;
  const { made, deleted, lasting } = history;
  const last = deleted.at(-1);
  const open = lasting.filter(({ isKnown }) => isKnown);
  const states = open
    .slice(0, SHOWN_LAST)
    .map(({ what, eventTime }) =>
      eventTime === null ? [value(what)] : text`${value(what)} (since ${[instant(eventTime)]})`,
    );
  const more = open.length - states.length;
  const parts: readonly Text[] = [
    ...(last === undefined ? [] : [text`deleted ${whenText(last)}`]),
    ...(last === undefined && made.length > 0 ? [['not seen to be deleted']] : []),
    ...(open.length === 0
      ? []
      : [text`still: ${joined(states, ', ')}${more > 0 ? [` and ${more} more`] : []}`]),
  ];
  return parts.length === 0
    ? ['no state that began in these logs lasts, and it is not seen to be deleted']
    : joined(parts, '; ');
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}
