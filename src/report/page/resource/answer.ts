/** The end of the report: whether the resource is still there, and what still lasts. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { truncate } from '../../../text/width.js';
import type { ResourceHistory } from '../../history.js';
import type { Report } from '../../report.js';
import { joined, someOf, text, value, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';
import { stillLasting, whileText } from './deleted-while.js';
import { placeText, serviceText, thingsOf, type Thing } from './things.js';
import { LONGEST_NAME, whenText } from './words.js';

const SHOWN = 4;

interface Naming {
  /** Whether each state says of which thing it is. */
  readonly isNamed: boolean;
  /** Whether an account was asked for. */
  readonly isAccount: boolean;
}

/** Null in other reports, and where nothing happened. */
export function historyAnswer({ history, subject, findings }: Report): Text | null {
  if (history === null || subject === null || findings.length === 0) return null;
  const things = thingsOf(history, subject.text);
  const hasMany = things.length > 1;
  const isAccount = isAccountId(subject.text);
  const parts: readonly Text[] = [
    ...(hasMany ? [manyText(things, history)] : []),
    ...(hasMany ? [] : oneTexts(things[0], history)),
    // What is open to an account is never the account.
    ...stillTexts(history, { isNamed: hasMany || isAccount, isAccount }),
  ];
  return parts.length === 0
    ? ['no state that began in these logs lasts, and it is not seen to be deleted']
    : joined(parts, '; ');
}

function oneTexts(thing: Thing | undefined, history: ResourceHistory): readonly Text[] {
  const { renamed, made } = history;
  const last = renamed.at(-1);
  const deleted = thing?.deleted ?? null;
  return [
    ...(last === undefined || deleted !== null
      ? []
      : [text`now called ${truncate(last.newResource, LONGEST_NAME)}`]),
    ...(deleted === null ? [] : [text`deleted ${whenText(deleted)}${whileText(deleted, history)}`]),
    ...(deleted === null && made.length > 0 ? [['not seen to be deleted']] : []),
  ];
}

function manyText(things: readonly Thing[], history: ResourceHistory): Text {
  const named = things.slice(0, SHOWN).map((thing) => {
    const { name, deleted } = thing;
    const before = text`${truncate(name, LONGEST_NAME)}${serviceText(thing, things)}${placeText(thing, history)}`;
    return deleted === null
      ? text`${before} not seen to be deleted`
      : text`${before} deleted ${whenText(deleted)}${whileText(deleted, history)}`;
  });
  const more = things.length - named.length;
  const all = [...named, ...(more > 0 ? [[`${more} more`]] : [])];
  return text`the name fits ${things.length} things: ${joined(all, ', ')}`;
}

/**
 * Of an account, no end is certain: the calls that name it may not be all that closed what was open to it. So it is of other things
 * that calls name beside what was asked for.
 */
function stillTexts(history: ResourceHistory, { isNamed, isAccount }: Naming): readonly Text[] {
  const all = stillLasting(history);
  const known = all.filter(({ isKnown }) => isKnown);
  const open = known.length > 0 && !isAccount ? known : all;
  if (open.length === 0) return [];
  const states = open.slice(0, SHOWN).map((one) => {
    const { what, resource, eventTime } = one;
    const whose =
      isNamed || known.length === 0
        ? text`${truncate(resource, LONGEST_NAME)}${placeText(one, history)}: `
        : [];
    const since = eventTime === null ? [] : text` (since ${[instant(eventTime)]})`;
    return text`${whose}${value(what)}${since}`;
  });
  const word = open.some(({ isKnown }) => isKnown) ? 'still' : 'perhaps still';
  return [text`${[word]}: ${someOf(states, open.length)}`];
}
