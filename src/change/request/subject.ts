/**
 * The resource that a call is about. Calls name it by name or ARN; here it has one ID, so that opposite calls are about the same
 * resource.
 */
import type { ChangedResource, ChangeEvent, Description, State } from '../change.js';
import type { Describer } from '../describers.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import { firstText } from './request.js';
import { shortened } from '../sentence.js';

const LONGEST_TEXT = 80;
/** The sender decides how large an answer is. */
const MOST_MEMBERS = 100;

export interface Subject {
  /** As a sentence names it: `user ann`. */
  readonly text: string;
  /** As states name it: `user ann`, whole. */
  readonly key: string;
  readonly resource: ChangedResource;
}

/** Finds the resource of a call; undefined if the request does not name it. */
export type FindSubject = (event: ChangeEvent) => Subject | undefined;

/** `word` is what a sentence says before the name, `type` what the field calls the resource. */
export function subjectOf(word: string, id: string, type: string = word): Subject {
  return {
    text: `${word} ${shortened(id, LONGEST_TEXT)}`,
    key: `${word} ${id}`,
    resource: { type, id, name: null },
  };
}

/** The state of what is deleted only after some days, unless somebody restores it before. */
export const DELETION = 'to be deleted';

/** The state of what no longer writes its log. Other states of the kind say which log: `access logs off`, `logs audit off`. */
export const LOGS_OFF = 'logs off';

/** A state of the subject. `what` is the text by which another call can end it. */
export function stateOf({ key }: Subject, what: string): State {
  return { resource: key, what };
}

/** A describer of calls about one resource. */
export function about(
  find: FindSubject,
  describe: (subject: Subject, event: ChangeEvent) => Description | undefined,
): Describer {
  return (event) => {
    const subject = find(event);
    const description = subject && describe(subject, event);
    return description && { resources: [subject.resource], ...description };
  };
}

/** A describer of calls that make a resource. `more` is what the sentence adds to its name. */
export function creation(
  find: FindSubject,
  more: (event: ChangeEvent) => string = () => '',
): Describer {
  return about(find, (subject, event) => created(subject, more(event)));
}

/**
 * A describer of calls that make a resource by a name, where later calls name it by the ID or ARN that the answer gives under one of
 * these members. Others may have the same name, so its states have the ID.
 */
export function answeredCreation(
  find: FindSubject,
  ids: readonly string[],
  more: (event: ChangeEvent) => string = () => '',
): Describer {
  return about(find, (subject, event) => {
    const made = identified(subject, answeredText(event.responseElements, ids));
    return { ...created(made, more(event)), resources: [made.resource] };
  });
}

/** The opposite, where the call has the name and, under one of these members, the ID. */
export function identifiedDeletion(find: FindSubject, ids: readonly string[]): Describer {
  return about(find, (subject, { requestParameters }) => {
    const own = identified(subject, firstText(requestParameters, ...ids));
    const removes = [...new Set([own.key, subject.key])];
    return {
      ...deleted(own),
      // Where the answer to its creation is not known, only the name is.
      ends: removes.map((resource) => ({ resource, what: 'exists' })),
      removes,
      resources: [own.resource],
    };
  });
}

/** Finds what a call names, by the `id` that the call has beside the name. */
export function namedWithId(find: FindSubject): FindSubject {
  return (event) => {
    const subject = find(event);
    return subject && identified(subject, firstText(event.requestParameters, 'id'));
  };
}

/** What was found by its name, by its ID. */
export function identified(subject: Subject, idOrArn: string | undefined): Subject {
  return idOrArn === undefined ? subject : withId(subject, lastPart(idOrArn));
}

/** The same, where a sign as in an ARN belongs to the ID. */
export function withId(subject: Subject, id: string): Subject {
  const { text, key, resource } = subject;
  if (id === resource.id) return subject;
  return {
    text,
    key: `${key.slice(0, key.length - resource.id.length)}${id}`,
    resource: { ...resource, id, name: resource.id },
  };
}

/** A text of an answer, or of what the answer holds: many hold what was made in a member of its name. */
export function answeredText(response: Json, members: readonly string[]): string | undefined {
  if (!isObject(response)) return undefined;
  const all = members.flatMap((name) => [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}`]);
  const places: readonly Json[] = [response, ...Object.values(response).slice(0, MOST_MEMBERS)];
  return places.map((place) => firstText(place, ...all)).find((text) => text !== undefined);
}

/** A describer of calls that delete the subject that `find` finds. */
export function deletion(find: FindSubject): Describer {
  return about(find, (subject) => deleted(subject));
}

/** The sentence, which `more` is added to, and the state that the subject exists. */
export function created(subject: Subject, more = ''): Description {
  const object = `${subject.text}${more}`;
  return { verb: 'create', object, begins: [stateOf(subject, 'exists')] };
}

/** The sentence, and the end of all states of the subject. */
export function deleted(subject: Subject): Description {
  return {
    verb: 'delete',
    object: subject.text,
    ends: [stateOf(subject, 'exists')],
    removes: [subject.key],
  };
}

/** What `Description.renames` says of a subject; nothing where it keeps its name. */
export function renamedTo(
  { key, resource }: Subject,
  newName: string | undefined,
): Pick<Description, 'renames'> {
  const { id } = resource;
  if (newName === undefined || newName === id) return {};
  const newResource = `${key.slice(0, key.length - id.length)}${newName}`;
  return { renames: [{ resource: key, name: id, newResource, newName }] };
}

/** The part of an ARN or path behind its last `/` or `:`; other text as it is. */
export function lastPart(text: string): string {
  return /[/:]([^/:]+)\/?$/s.exec(text)?.[1] ?? text;
}

/** Finds a resource by the first of the members that the request has, else the response. Names may begin with a capital. */
export function namedInCall(word: string, ...members: readonly string[]): FindSubject {
  const all = members.flatMap((name) => [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}`]);
  return ({ requestParameters, responseElements }) => {
    const name = firstText(requestParameters, ...all) ?? firstText(responseElements, ...all);
    return name === undefined ? undefined : subjectOf(word, lastPart(name));
  };
}

/** A describer of calls that switch something off: `text` says what, of which resource. */
export function switchOff(
  find: FindSubject,
  text: (subject: Subject) => string,
  what: string,
): Describer {
  return about(find, (subject) => ({
    verb: 'switch off',
    object: text(subject),
    begins: [stateOf(subject, what)],
  }));
}

/** The opposite of `switchOff`, with the same words for what was off. */
export function switchOn(
  find: FindSubject,
  text: (subject: Subject) => string,
  what: string,
): Describer {
  return about(find, (subject) => ({
    verb: 'switch on',
    object: text(subject),
    ends: [stateOf(subject, what)],
  }));
}

/** A describer of calls that change something of which the name alone is known. */
export function alteration(
  find: FindSubject,
  text: (subject: Subject, event: ChangeEvent) => string,
): Describer {
  return about(find, (subject, event) => ({ verb: 'change', object: text(subject, event) }));
}
