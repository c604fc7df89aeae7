/** WorkSpaces: the groups that say from which addresses people may use their desktops. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import {
  canonicalRange,
  everyoneIn,
  exposureTo,
  rangeState,
  rangeText,
  wideFirst,
} from '../../request/address.js';
import { named, names } from '../../request/call.js';
import { listOf, memberOf, textMember, textOf } from '../../request/request.js';
import { about, answeredCreation, deletion } from '../../request/subject.js';

const groupOf = named('IP group', 'groupId');

export const ipGroups: Describers = {
  CreateIpGroup: (event) => {
    const ranges = rangesIn(event);
    const made = answeredCreation(named('IP group', 'groupName'), ['groupId'], () =>
      ranges.length === 0 ? '' : `: open to ${peersText(ranges)}`,
    )(event);
    const key = made?.begins?.[0]?.resource;
    if (made === undefined || key === undefined) return made;
    const states = statesOf(key, ranges);
    return { ...made, exposure: exposureTo(ranges), begins: [...(made.begins ?? []), ...states] };
  },
  AuthorizeIpRules: about(groupOf, (group, event) => {
    const ranges = rangesIn(event);
    return {
      verb: 'open',
      object: `${group.text} to ${peersText(ranges)}`,
      exposure: exposureTo(ranges),
      begins: statesOf(group.key, ranges),
    };
  }),
  RevokeIpRules: about(groupOf, (group, event) => {
    const ranges = rangesIn(event);
    const ends = statesOf(group.key, ranges);
    return { verb: 'close', object: `${group.text} to ${peersText(ranges)}`, ends };
  }),
  UpdateRulesOfIpGroup: about(groupOf, (group, event) => {
    const ranges = rangesIn(event);
    return {
      verb: 'set',
      object: `rules of ${group.text}: open to ${ranges.length === 0 ? 'nobody' : peersText(ranges)}`,
      exposure: exposureTo(ranges),
      begins: statesOf(group.key, ranges),
      removes: [rulesOf(group.key)],
    };
  }),
  DeleteIpGroup: deletion(groupOf),
};

/** Some calls give the ranges alone, others each with what it is for. */
function rangesIn({ requestParameters: request }: ChangeEvent): readonly string[] {
  return listOf(memberOf(request, 'userRules')).flatMap((rule: Json) => {
    const range = textMember(rule, 'ipRule') ?? textOf(rule);
    return range === undefined ? [] : [canonicalRange(range)];
  });
}

function peersText(ranges: readonly string[]): string {
  const everyone = everyoneIn(ranges);
  const others = wideFirst(ranges.filter((range) => !everyone.includes(range))).map((range) =>
    rangeText(range),
  );
  return names([...(everyone.length === 0 ? [] : [`everyone (${names(everyone)})`]), ...others]);
}

/** The rules are a part of the group, so that others in their place close those that are not among them. */
function rulesOf(key: string): string {
  return `rules of ${key}`;
}

function statesOf(key: string, ranges: readonly string[]): readonly State[] {
  return ranges.map((range) => ({
    resource: key,
    what: `open to ${rangeState(range)}`,
    part: rulesOf(key),
  }));
}
