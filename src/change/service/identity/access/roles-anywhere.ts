/** IAM Roles Anywhere: which authorities are trusted, and which roles their certificates give. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { detail, named, names, resourceName, switching, textsIn } from '../../../request/call.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import {
  about,
  created,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';

const anchorOf = resourceOf('trust anchor', 'trustAnchor');
const profileOf = resourceOf('profile', 'profile');
const crlOf = resourceOf('list of revoked certificates', 'crl');
const anchor = switching(anchorOf);
const profile = switching(profileOf);

export const rolesAnywhere: Describers = {
  CreateTrustAnchor: about(anchorOf, (subject, event) => ({
    ...created(subject, `${nameText(event)}: trusts ${authorityText(event)}`),
  })),
  UpdateTrustAnchor: about(anchorOf, (subject, event) => ({
    verb: 'change',
    object: `${subject.text}${nameText(event)}: trusts ${authorityText(event)}`,
  })),
  EnableTrustAnchor: anchor.on,
  DisableTrustAnchor: anchor.off,
  DeleteTrustAnchor: deletion(anchorOf),
  CreateProfile: about(profileOf, (subject, event) =>
    created(subject, `${nameText(event)}${rolesText(event)}`),
  ),
  UpdateProfile: about(profileOf, (subject, event) => ({
    verb: 'change',
    object: `${subject.text}${nameText(event)}${rolesText(event)}`,
  })),
  EnableProfile: profile.on,
  DisableProfile: profile.off,
  DeleteProfile: deletion(profileOf),
  PutAttributeMapping: mapping('set'),
  DeleteAttributeMapping: mapping('delete'),
  ImportCrl: about(named('list of revoked certificates', 'name'), (list) => ({
    verb: 'import',
    object: list.text,
  })),
  UpdateCrl: about(crlOf, (list) => ({ verb: 'change', object: list.text })),
  EnableCrl: about(crlOf, (list) => ({
    verb: 'switch on',
    object: list.text,
    ends: [stateOf(list, 'off')],
  })),
  DisableCrl: about(crlOf, (list) => ({
    verb: 'switch off',
    object: `${list.text}: they are trusted again`,
    begins: [stateOf(list, 'off')],
  })),
  DeleteCrl: about(crlOf, (list) => ({
    verb: 'delete',
    object: `${list.text}: they are trusted again`,
  })),
};

/** By ID, which the response to the creation has; else by name. */
function resourceOf(word: string, member: string): (event: ChangeEvent) => Subject | undefined {
  return ({ requestParameters: request, responseElements: response }) => {
    const id =
      textMember(request, `${member}Id`) ??
      textOf(memberAt(response, member, `${member}Id`)) ??
      textOf(memberAt(response, member, `${member}Arn`)) ??
      textMember(request, 'name');
    return id === undefined ? undefined : subjectOf(word, resourceName(id));
  };
}

function nameText({ requestParameters: request, responseElements }: ChangeEvent): string {
  const shown = responseElements !== null || textMember(request, 'name') === undefined;
  return shown ? detail(' "', textMember(request, 'name'), '"') : '';
}

function authorityText({ requestParameters: request }: ChangeEvent): string {
  const data = memberAt(request, 'source', 'sourceData') ?? null;
  const arn = textMember(data, 'acmPcaArn');
  if (arn !== undefined) return `private authority${detail(' ', resourceName(arn))} of AWS`;
  return textMember(data, 'x509CertificateData') === undefined
    ? 'an authority'
    : 'an authority of its own (certificate in the request)';
}

function rolesText({ requestParameters: request }: ChangeEvent): string {
  const roles = textsIn(request, 'roleArns').map(resourceName);
  return roles.length === 0
    ? ''
    : `: gives ${roles.length === 1 ? 'role' : 'roles'} ${names(roles)}`;
}

function mapping(verb: 'set' | 'delete'): Describers[string] {
  return (event): Description | undefined => {
    const subject = profileOf(event);
    const field = firstText(event.requestParameters, 'certificateField');
    if (subject === undefined) return undefined;
    const rules =
      memberOf(event.requestParameters, 'mappingRules') === undefined ? '' : ' (rules given)';
    return {
      verb,
      object: `mapping of certificates${detail(' by ', field)} in ${subject.text}${rules}`,
      resources: [subject.resource],
    };
  };
}
