/** Lightsail: which ports of an instance are open, and to whom. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import { everyoneIn, exposureTo, rangeState, rangeText, wideFirst } from '../../request/address.js';
import { named, names, textsIn } from '../../request/call.js';
import { listOf, memberOf, textMember } from '../../request/request.js';
import { about, stateOf, type Subject } from '../../request/subject.js';
import { listed } from '../../sentence.js';

const instanceOf = named('instance', 'instanceName');
/** A port without addresses is open to all of them. */
const ANYWHERE = ['0.0.0.0/0', '::/0'];

export const lightsail: Describers = {
  OpenInstancePublicPorts: about(instanceOf, (instance, event) => {
    const { text, begins, exposure } = opening(instance, event, 'portInfo');
    return { verb: 'open', object: `${text} on ${instance.text}`, begins, exposure };
  }),
  CloseInstancePublicPorts: about(instanceOf, (instance, event) => {
    const { text, begins } = opening(instance, event, 'portInfo');
    return { verb: 'close', object: `${text} on ${instance.text}`, ends: begins };
  }),
  PutInstancePublicPorts: about(instanceOf, (instance, event) => {
    const { text, begins, exposure } = opening(instance, event, 'portInfos');
    const isGiven = memberOf(event.requestParameters, 'portInfos') !== undefined;
    return {
      verb: 'set',
      object: `open ports of ${instance.text}: ${isGiven && text === '' ? 'none' : text}`,
      begins,
      exposure,
      removes: isGiven ? [portsOf(instance)] : [],
    };
  }),
};

interface Opening extends Pick<Description, 'exposure'> {
  readonly text: string;
  readonly begins: readonly State[];
}

function opening(
  instance: Subject,
  { requestParameters: request }: ChangeEvent,
  member: string,
): Opening {
  const all = listOf(memberOf(request, member)).map((port) => {
    const ranges = rangesIn(port);
    const everyone = everyoneIn(ranges);
    const others = wideFirst(ranges.filter((range) => !everyone.includes(range))).map((range) =>
      rangeText(range),
    );
    const peers = [...(everyone.length === 0 ? [] : [`everyone (${names(everyone)})`]), ...others];
    return { traffic: trafficOf(port), ranges, exposure: exposureTo(ranges), peers: names(peers) };
  });
  const exposures = all.flatMap(({ exposure }) => exposure ?? []);
  return {
    text: listed(
      all.map(({ traffic, peers }) => `${traffic} to ${peers}`),
      '; ',
      4,
    ),
    begins: all.flatMap(({ traffic, ranges }) =>
      ranges.map((range) => ({
        ...stateOf(instance, `${traffic} open to ${rangeState(range)}`),
        part: portsOf(instance),
      })),
    ),
    exposure: exposures.find(({ peer }) => peer === 'everyone') ?? exposures[0] ?? null,
  };
}

/** The open ports are a part of the instance, so that others in their place close those that are not among them. */
function portsOf({ key }: Subject): string {
  return `open ports of ${key}`;
}

function rangesIn(port: Json): readonly string[] {
  const ranges = ['cidrs', 'ipv6Cidrs', 'cidrListAliases'].flatMap((name) => textsIn(port, name));
  return ranges.length === 0 ? ANYWHERE : ranges;
}

function trafficOf(port: Json): string {
  const protocol = (textMember(port, 'protocol') ?? 'tcp').toLowerCase();
  const [from, to] = [textMember(port, 'fromPort'), textMember(port, 'toPort')];
  if (protocol === 'all' || from === undefined) return protocol;
  return `${protocol} ${to === undefined || to === from ? from : `${from}-${to}`}`;
}
