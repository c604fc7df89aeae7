/** What many describers share: resources that the request names, lists of names, and calls that switch something on or off. */
import type { Json } from '../../cloudtrail/json.js';
import type { ChangeEvent, Exposure } from '../change.js';
import type { Describer } from '../describers.js';
import { firstText, itemsOf, memberOf, textOf } from './request.js';
import { listed, shortened } from '../sentence.js';
import { settingsText } from './settings.js';
import { about, stateOf, type FindSubject, type Subject, subjectOf } from './subject.js';

const LONGEST = 80;
const NAMES_SHOWN = 4;

export const EVERYONE: Exposure = { peer: 'everyone', direction: 'ingress' };

/** Finds the resource that the first of these members of the request names, by name, ID or ARN. */
export function named(word: string, ...members: readonly string[]): FindSubject {
  return ({ requestParameters }) => {
    const id = firstText(requestParameters, ...members);
    return id === undefined ? undefined : subjectOf(word, resourceName(id));
  };
}

/** Of an ARN the part after the type: `prod/db` of `arn:…:secret:prod/db`; other text as it is. */
export function resourceName(text: string): string {
  const rest = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/s.exec(text)?.[1];
  return rest === undefined ? text : rest.replace(/^[a-z-]+[/:]/i, '');
}

/** A describer of calls that change a resource. `more` is what the sentence adds to its name; else it says all settings. */
export function changing(find: FindSubject, more?: (event: ChangeEvent) => string): Describer {
  return about(find, (subject, event) => ({
    verb: 'change',
    object: `${subject.text}${more === undefined ? settingsText(subject, event) : more(event)}`,
  }));
}

/** Describers of the two calls that switch a part of a resource, or all of it, off and on again. */
export function switching(find: FindSubject, part = ''): { off: Describer; on: Describer } {
  const object = (subject: Subject): string =>
    part === '' ? subject.text : `${part} of ${subject.text}`;
  const states = (subject: Subject) => [stateOf(subject, part === '' ? 'off' : `${part} off`)];
  return {
    off: about(find, (subject) => ({
      verb: 'switch off',
      object: object(subject),
      begins: states(subject),
    })),
    on: about(find, (subject) => ({
      verb: 'switch on',
      object: object(subject),
      ends: states(subject),
    })),
  };
}

/** The texts of a list in the request. */
export function textsIn(value: Json, member: string): readonly string[] {
  return itemsOf(memberOf(value, member)).flatMap((item) => textOf(item) ?? []);
}

/** `a, b, and 3 more`, each of them short. */
export function names(all: readonly string[], shown = NAMES_SHOWN): string {
  return listed(
    all.map((name) => shortened(name, LONGEST)),
    ', ',
    shown,
  );
}

/** A text of the request behind words of ours; nothing if it is missing. */
export function detail(before: string, text: string | undefined, after = ''): string {
  return text === undefined ? '' : `${before}${shortened(text, LONGEST)}${after}`;
}
