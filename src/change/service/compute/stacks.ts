/** Stacks of CloudFormation. What a stack changes is in the events of the services; these say who asked for it, with which role. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent } from '../../change.js';
import type { Describers } from '../../describers.js';
import { flagMember, listOf, memberOf, textMember, textOf } from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';
import {
  about,
  alteration,
  creation,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const setOf = ({ requestParameters }: ChangeEvent): Subject | undefined => {
  const name = textMember(requestParameters, 'stackSetName');
  return name === undefined ? undefined : subjectOf('stack set', name);
};

export const stacks: Describers = {
  CreateStack: creation(stackOf, detailsText),
  UpdateStack: alteration(stackOf, ({ text }, event) => `${text}${detailsText(event)}`),
  DeleteStack: deletion(stackOf),
  CancelUpdateStack: about(stackOf, (stack) => ({
    verb: 'cancel',
    object: `update of ${stack.text}`,
  })),
  RollbackStack: about(stackOf, (stack) => ({
    verb: 'restore',
    object: `${stack.text} as it was before`,
  })),
  CreateChangeSet: about(stackOf, (stack, event) => ({
    verb: 'create',
    object: `change set ${changeSetOf(event)} of ${stack.text}${detailsText(event)}`,
  })),
  ExecuteChangeSet: (event) => {
    const stack = stackOf(event);
    return {
      verb: 'execute',
      object: `change set ${changeSetOf(event)}${stack === undefined ? '' : ` of ${stack.text}`}`,
      resources: stack === undefined ? [] : [stack.resource],
    };
  },
  DeleteChangeSet: (event) => ({ verb: 'delete', object: `change set ${changeSetOf(event)}` }),
  SetStackPolicy: alteration(stackOf, ({ text }) => `what updates of ${text} may change`),
  UpdateTerminationProtection: about(stackOf, (stack, { requestParameters }) => {
    const on = flagMember(requestParameters, 'enableTerminationProtection') === true;
    const states = [stateOf(stack, 'protection from deletion off')];
    return {
      verb: on ? 'switch on' : 'switch off',
      object: `protection from deletion of ${stack.text}`,
      ...(on ? { ends: states } : { begins: states }),
    };
  }),
  CreateStackSet: creation(setOf, detailsText),
  UpdateStackSet: alteration(setOf, ({ text }, event) => `${text}${detailsText(event)}`),
  DeleteStackSet: deletion(setOf),
  CreateStackInstances: about(setOf, (set, event) => ({
    verb: 'create',
    object: `stacks of ${set.text}${placesText(event)}`,
  })),
  UpdateStackInstances: about(setOf, (set, event) => ({
    verb: 'change',
    object: `stacks of ${set.text}${placesText(event)}`,
  })),
  DeleteStackInstances: about(setOf, (set, event) => ({
    verb: 'delete',
    object: `stacks of ${set.text}${placesText(event)}`,
  })),
};

function stackOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'stackName');
  // An ARN is arn:…:stack/NAME/ID.
  return name === undefined
    ? undefined
    : subjectOf('stack', /:stack\/([^/]+)/s.exec(name)?.[1] ?? name);
}

function changeSetOf({ requestParameters }: ChangeEvent): string {
  const name = textMember(requestParameters, 'changeSetName') ?? 'without a name';
  return shortened(/:changeSet\/([^/]+)/s.exec(name)?.[1] ?? name, 80);
}

function detailsText({ requestParameters: request }: ChangeEvent): string {
  const role = textMember(request, 'roleARN') ?? textMember(request, 'administrationRoleARN');
  const url = textMember(request, 'templateURL');
  return [
    role === undefined ? '' : ` with role ${shortened(lastPart(role), 80)}`,
    url === undefined ? '' : ` from ${shortened(url.replace(/\?.*$/s, ''), 120)}`,
    textsOf(request, 'capabilities').some((one) => one.endsWith('_IAM'))
      ? ', which may change users, roles and policies of IAM'
      : '',
    // Then CloudFormation has rights in all accounts of the organization.
    textMember(request, 'permissionModel') === 'SERVICE_MANAGED'
      ? ', for accounts of the organization'
      : '',
    flagMember(memberOf(request, 'autoDeployment') ?? null, 'enabled') === true
      ? ', also for those that join it later'
      : '',
  ].join('');
}

function placesText({ requestParameters: request }: ChangeEvent): string {
  const targets = memberOf(request, 'deploymentTargets') ?? null;
  const units = textsOf(targets, 'organizationalUnitIds');
  const accounts = [...textsOf(request, 'accounts'), ...textsOf(targets, 'accounts')];
  const isWithout = textMember(targets, 'accountFilterType') === 'DIFFERENCE';
  const regions = textsOf(request, 'regions');
  return [
    units.length === 0 ? '' : ` in all accounts of ${listed(units, ', ', 4)}`,
    accounts.length === 0
      ? ''
      : ` ${isWithout ? 'but' : 'in'} accounts ${listed(accounts, ', ', 4)}`,
    regions.length === 0 ? '' : ` in ${listed(regions, ', ', 4)}`,
  ].join('');
}

function textsOf(value: Json, name: string): readonly string[] {
  return listOf(memberOf(value, name))
    .flatMap((item) => textOf(item) ?? [])
    .map((item) => shortened(item));
}
