/** What became of the resource of `hunt what`: what it is, whether it is still there, and which states last. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import type { ResourceHistory } from '../../history.js';
import type { Report } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, text, value, type Text } from '../blocks/text.js';
import { timeSpan } from '../blocks/words.js';
import { endOf } from '../limited.js';
import { stillLasting, whileText } from './deleted-while.js';
import { placeText, standing, type Placed } from './things.js';
import { LONGEST_NAME, whenText } from './words.js';

const SHOWN = 20;
const SHOWN_LAST = 4;
// In columns.

/** Nothing in other reports. */
export function* historyBlocks(report: Report): Generator<Block> {
  const { history, subject, findings } = report;
  if (history === null || subject === null) return;
  yield {
    kind: 'title',
    text: text`What happened to ${value(truncate(subject.text, LONGEST_NAME))}`,
  };
  if (findings.length === 0) return;
  const { deleted, renamed, ended } = history;
  const named = (one: Placed & { readonly resource: string }): Text =>
    text`${value(one.resource)}${placeText(one, history)}`;
  yield { kind: 'facts', facts: kindFacts(history) };
  yield* under(
    [`How it stands at the end of the ${endOf(report)}`],
    factsBlocks([
      ...deleted.map((one) =>
        fact('deleted', text`${named(one)}, ${whenText(one)}${whileText(one, history)}`),
      ),
      ...standing(history).map((one) => fact('made', text`${named(one)}, ${whenText(one)}`)),
      ...renamed.map((one) =>
        fact('renamed', text`${named(one)}: now ${value(one.newResource)}, ${whenText(one)}`),
      ),
      ...stillLasting(history).map((one) =>
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
    return [{ kind: 'paragraph', text: ['hunt knows no lasting effect of these calls on it'] }];
  const more = facts.length - SHOWN;
  return [
    { kind: 'facts', facts: facts.slice(0, SHOWN) },
    ...(more > 0
      ? [{ kind: 'paragraph', text: [`and ${more} more: the JSON report has them`] } as const]
      : []),
  ];
}

function kindFacts(history: ResourceHistory): readonly Fact[] {
  const { kinds, otherIds, isFollowed } = history;
  const names = kinds.slice(0, SHOWN_LAST).map(({ type, account, region, isOwner, events }) => {
    const alike = kinds.filter((other) => other.type === type);
    // Another account may have called, and not own it.
    const isCaller = !isOwner && alike.some((other) => other.account !== account);
    const isElsewhere = alike.some((other) => other.region !== region);
    const place = [account, isElsewhere ? region : null].filter((one) => one !== null).join(' ');
    const where = place === '' ? [] : text` in ${isCaller ? 'logs of ' : ''}${place}`;
    return text`${value(truncate(type, LONGEST_NAME))}${where} (${[counted(events, 'event')]})`;
  });
  const more = kinds.length - names.length;
  const all = [...names, ...(more > 0 ? [[`${more} more`]] : [])];
  return [
    fact(
      'it is',
      all.length === 0 ? ['named by calls, which do not say what it is'] : joined(all, ', '),
    ),
    ...(otherIds.length === 0 ? [] : [fact('also', otherText(otherIds, isFollowed))]),
  ];
}

function otherText(otherIds: readonly string[], isFollowed: boolean): Text {
  const ids = otherIds.slice(0, SHOWN_LAST).map((id) => [value(truncate(id, LONGEST_NAME))]);
  const more = otherIds.length - ids.length;
  const all = joined([...ids, ...(more > 0 ? [[`${more} more`]] : [])], ', ');
  const [was, these, them] =
    otherIds.length === 1 ? ['was', 'this', 'it'] : ['were', 'one of these', 'them'];
  return isFollowed
    ? text`${all}${[`, which ${was} looked for too`]}`
    : text`${all}${[`: calls may name it by ${these} alone, so ask hunt what for ${them} too`]}`;
}

/** What the logs cannot tell. */
function limitsText({ coverage: { first, last }, window, subject }: Report): string {
  const from = window.since ?? first;
  const until = window.until ?? last;
  return (
    `the logs are of ${timeSpan(from, until)}. They do not show what came before or after, what is in a missing log, ` +
    `or calls that name the resource in another way${isAccountId(subject?.text ?? '') ? ', such as one that deletes what was open to the account, or its policy' : ''}`
  );
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}
