/** Which ticket explains a change: by an ID in the event, or by the person, the resource and the time. */
import { listOf } from '../../change/request/request.js';
import { resourceArn } from '../../change/request/resource-arn.js';
import type { Json } from '../../cloudtrail/json.js';
import { pushTo } from '../../memory/grouped.js';
import type { FindingTicket } from '../../report/disposition.js';
import type { MatchedFinding } from '../../report/finding.js';
import type { Tickets } from '../compared.js';
import { isMadeBy, makerOf, personKey } from '../person.js';
import type { Ticket, TicketPlace, TicketSettings } from './ticket.js';

/** In UTF-16 units. No name of a session or of a tag is as long; a user agent may be. */
const LONGEST_TEXT = 2000;
const MOST_TAGS = 100;
const MOST_IDS = 100;
const LONGEST_ID = 100;

/** `tickets` are those of the export; undefined without one. */
export function ticketsBy(
  settings: TicketSettings,
  tickets: readonly Ticket[] | undefined,
): Pick<Tickets, 'ticketOf'> {
  const index = tickets && indexed(tickets);
  return {
    ticketOf(finding) {
      const ids = idsIn(finding, settings);
      if (index === undefined) {
        const [id] = ids;
        return id === undefined ? null : { id, approver: null, written: 'before' };
      }
      const named = ids.flatMap((id) => index.byId.get(id) ?? []);
      const fitting = [...named, ...index.about(finding)].flatMap(
        (ticket) => explanation(ticket, finding, settings.afterwards) ?? [],
      );
      return fitting.find(({ written }) => written === 'before') ?? fitting[0] ?? null;
    },
  };
}

interface TicketIndex {
  readonly byId: ReadonlyMap<string, readonly Ticket[]>;
  /** Tickets that name a resource of the change, or its person, and a time. */
  readonly about: (finding: MatchedFinding) => readonly Ticket[];
}

function indexed(tickets: readonly Ticket[]): TicketIndex {
  const [byId, byResource, byPerson] = [
    new Map<string, Ticket[]>(),
    new Map<string, Ticket[]>(),
    new Map<string, Ticket[]>(),
  ];
  for (const ticket of tickets) {
    pushTo(byId, ticket.id, ticket);
    // One without a time would explain all changes of a resource, ever.
    if (ticket.from === undefined && ticket.to === undefined) continue;
    if (ticket.resources.length > 0)
      for (const resource of new Set(ticket.resources)) pushTo(byResource, resource, ticket);
    else for (const key of new Set(ticket.people.map(personKey))) pushTo(byPerson, key, ticket);
  }
  return {
    byId,
    about: (finding) => {
      const maker = makerOf(finding);
      return [
        ...new Set([
          ...[...resourcesOf(finding)].flatMap((name) => byResource.get(name) ?? []),
          ...((maker !== undefined && byPerson.get(personKey(maker))) || []),
        ]),
      ];
    },
  };
}

function resourcesOf({ change, resources }: MatchedFinding): ReadonlySet<string> {
  const arns = listOf(resources).map(resourceArn);
  const named = (change?.resources ?? []).flatMap(({ id, name }) => [id, name]);
  return new Set(
    [...named, ...arns].flatMap((name) => (typeof name === 'string' ? name.toLowerCase() : [])),
  );
}

/** All that the ticket says must fit. Undefined where it does not explain the change. */
function explanation(
  ticket: Ticket,
  finding: MatchedFinding,
  afterwards: number,
): FindingTicket | undefined {
  const { id, resources, people, approver } = ticket;
  const own = resourcesOf(finding);
  if (resources.length > 0 && !resources.some((name) => own.has(name))) return undefined;
  if (people.length > 0 && !people.some((name) => isMadeBy(name, finding))) return undefined;
  const written = writtenWhen(ticket, finding, afterwards);
  return written === undefined ? undefined : { id, approver, written };
}

function writtenWhen(
  { from, to, written }: Ticket,
  { eventTime }: MatchedFinding,
  afterwards: number,
): FindingTicket['written'] | undefined {
  const bounds = [from, to, written].filter((one) => one !== undefined);
  if (eventTime === null) return bounds.length === 0 ? 'before' : undefined;
  const instant = Date.parse(eventTime);
  if (to !== undefined && instant > to) return undefined;
  const begins = Math.max(from ?? -Infinity, written ?? -Infinity);
  if (instant >= begins) return 'before';
  return begins - instant <= afterwards ? 'after' : undefined;
}

/** The IDs that stand in the event, each once. */
function idsIn(finding: MatchedFinding, { patterns, places }: TicketSettings): readonly string[] {
  const ids = new Set<string>();
  for (const place of places)
    for (const text of textsAt(place, finding))
      for (const pattern of patterns)
        for (const [id] of text.slice(0, LONGEST_TEXT).matchAll(pattern)) {
          if (id !== '' && id.length <= LONGEST_ID) ids.add(id);
          if (ids.size === MOST_IDS) return [...ids];
        }
  return [...ids];
}

function textsAt(
  place: TicketPlace,
  { actor, userAgent, requestParameters }: MatchedFinding,
): readonly string[] {
  switch (place) {
    case 'session':
      return [actor.session ?? ''];
    case 'role':
      return [actor.role ?? ''];
    case 'user agent':
      return [userAgent ?? ''];
    case 'tags':
      return tagTexts(requestParameters);
    default:
      return place satisfies never;
  }
}

/** The texts of all tags in a request: those of a session, and those of a resource. */
function tagTexts(request: Json): readonly string[] {
  const texts: string[] = [];
  let left = 10_000;
  const walk = (value: Json, isTag: boolean): void => {
    if (texts.length === MOST_TAGS || left-- < 0) return;
    if (typeof value === 'string') {
      if (isTag) texts.push(value);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value as { readonly [key: string]: Json }))
        walk(inner, isTag || /tags?(?:set|specification(?:set)?s?)?$/i.test(key));
  };
  walk(request, false);
  return texts;
}
