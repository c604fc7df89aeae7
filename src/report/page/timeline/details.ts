/** A finding with everything that is known of it, for formats with room. */
import type { Finding } from '../../finding.js';
import { truncate } from '../../../text/width.js';
import { accountText, type AccountNames } from '../blocks/account-name.js';
import type { Fact, FindingDetails } from '../blocks/block.js';
import {
  agentText,
  callText,
  eventText,
  identityText,
  matchText,
  outcomeText,
  sourceText,
  whereText,
} from '../finding/details.js';
import { eventJson } from '../finding/event-json.js';
import { joined, text, value, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';

// In columns.
const ACCOUNT = 44;
const STATE = 176;
const STATES = 6;
export interface DetailFacts {
  readonly accountNames: AccountNames;
  /** The hunted paths. */
  readonly paths: readonly string[];
}

/** Facts and the JSON of the event are made when they are asked for: a page shows few of many findings in full. */
export function detailsOf(finding: Finding, facts: DetailFacts): FindingDetails {
  return {
    call: callText(finding),
    facts: () => factsOf(finding, facts),
    event: () => eventJson(finding),
  };
}

function factsOf(finding: Finding, { accountNames, paths }: DetailFacts): readonly Fact[] {
  const { outcome, eventTime, states, how, story } = finding;
  const account = (id: string | null): Text =>
    id === null ? ['no account'] : accountText(truncate(id, ACCOUNT), accountNames);
  return [
    fact('who', identityText(finding)),
    fact('how', sourceText(finding)),
    fact('when', [eventTime === null ? 'no readable time' : instant(eventTime)]),
    fact('where', whereText(finding, account)),
    fact('call', callText(finding)),
    ...(outcome === 'failed' ? [fact('outcome', outcomeText(finding))] : []),
    ...(states.length === 0 ? [] : [fact('lasted', statesText(states))]),
    ...how.flags.map((flag) => fact('look at', [value(truncate(flag.text, STATE))])),
    fact('agent', agentText(finding)),
    fact('found by', matchText(finding)),
    ...(story === null ? [] : [fact('story', [String(story)])]),
    fact('evidence', eventText(finding, paths)),
  ];
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}

/** What became of each state that the change began. */
function statesText(states: Finding['states']): Text {
  const more = states.length - STATES;
  return joined(
    [
      ...states
        .slice(0, STATES)
        .map(
          (state) =>
            text`${truncate(state.resource, STATE)}: ${truncate(state.what, STATE)}, ${[endText(state)]}`,
        ),
      ...(more > 0 ? [[`and ${more} more`]] : []),
    ],
    '; ',
  );
}

function endText({ end, until }: Finding['states'][number]): string {
  if (until !== null)
    return `until ${instant(until)}${end === 'deleted' ? ', when it was deleted' : ''}`;
  switch (end) {
    case 'seen':
      return 'ended';
    case 'deleted':
      return 'ended by a deletion';
    case 'not seen':
      return 'not seen to end in these findings';
    case 'not looked for':
      return 'no rule looks for its end';
    case 'unknown':
      return 'its end is unknown';
    default:
      return end satisfies never;
  }
}
