/** In which states things were deleted. What watched stays switched off then, for nothing watches any more. */
import { listed } from '../../../change/sentence.js';
import type { ResourceHistory } from '../../history.js';
import { value, type Text } from '../blocks/text.js';

type Deletion = ResourceHistory['deleted'][number];
type Lasting = ResourceHistory['lasting'][number];

const SHOWN = 3;

/** The states that last and are not told with a deletion. */
export function stillLasting({ deleted, lasting }: ResourceHistory): readonly Lasting[] {
  return lasting.filter((state) => !deleted.some((deletion) => isBefore(state, deletion)));
}

/** `, while logging was off`; empty where no state lasts. */
export function whileText(deletion: Deletion, { lasting }: ResourceHistory): Text {
  const states = lasting.filter((state) => isBefore(state, deletion));
  if (states.length === 0) return [];
  const words = listed([...new Set(states.map(({ what }) => wasSo(what)))], ' and ', SHOWN);
  return [', while ', value(words)];
}

function isBefore(state: Lasting, deletion: Deletion): boolean {
  return (
    state.resource === deletion.resource &&
    state.account === deletion.account &&
    state.region === deletion.region &&
    state.eventSource === deletion.eventSource &&
    state.eventTime !== null &&
    deletion.eventTime !== null &&
    state.eventTime <= deletion.eventTime
  );
}

/** `logging was off`, `management events were off`, `it was not recording`. */
function wasSo(state: string): string {
  const [, thing, how] = /^(.+?) ((?:off|only in part)\b.*)$/s.exec(state) ?? [];
  if (thing === undefined || how === undefined) return `it was ${state}`;
  return `${thing} ${/s$|events/.test(thing) ? 'were' : 'was'} ${how}`;
}
