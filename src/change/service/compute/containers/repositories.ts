/** Repositories of ECR: who may pull and push images, and what becomes of the images. */
import type { ChangeEvent } from '../../../change.js';
import { accountOf } from '../../../request/account.js';
import type { Describers } from '../../../describers.js';
import { policyDeleted, policyGiven } from '../../../policy/resource.js';
import { flagMember, listOf, memberAt, memberOf, textMember } from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { counted } from '../../../../text/counted.js';
import {
  about,
  alteration,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';

export const repositories: Describers = {
  CreateRepository: creation(repositoryOf),
  DeleteRepository: deletion(repositoryOf),
  SetRepositoryPolicy: about(
    repositoryOf,
    (repository, { requestParameters, recipientAccountId }) =>
      policyGiven(
        repository,
        memberOf(requestParameters, 'policyText') ?? null,
        recipientAccountId,
      ),
  ),
  DeleteRepositoryPolicy: about(repositoryOf, policyDeleted),
  PutRegistryPolicy: about(registryOf, (registry, { requestParameters, recipientAccountId }) =>
    policyGiven(registry, memberOf(requestParameters, 'policyText') ?? null, recipientAccountId),
  ),
  DeleteRegistryPolicy: about(registryOf, policyDeleted),
  PutReplicationConfiguration: (event) => {
    const { requestParameters, recipientAccountId } = event;
    const targets = listOf(
      memberAt(requestParameters, 'replicationConfiguration', 'rules'),
    ).flatMap((rule) => listOf(memberOf(rule, 'destinations')));
    const accounts = targets.flatMap((target) => accountOf(textMember(target, 'registryId')) ?? []);
    const others = [...new Set(accounts)].filter((account) => account !== recipientAccountId);
    const registry = registryOf(event);
    // A configuration replaces the one before.
    const part = `replication of ${registry.key}`;
    const names = targets.map(
      (target) =>
        `${shortened(textMember(target, 'region') ?? 'unknown')} of ${shortened(textMember(target, 'registryId') ?? 'unknown')}`,
    );
    return {
      verb: 'set',
      object: `replication of the registry: ${names.length === 0 ? 'none' : `to ${listed(names, ', ', 4)}`}`,
      resources: [registry.resource],
      grantees: others,
      begins: others.map((account) => ({
        ...stateOf(registry, `images go to account ${account}`),
        part,
      })),
      removes: [part],
    };
  },
  PutImage: about(repositoryOf, (repository, { requestParameters }) => ({
    verb: 'put',
    object: `image ${shortened(textMember(requestParameters, 'imageTag') ?? 'without a tag')} into ${repository.text}`,
  })),
  BatchDeleteImage: about(repositoryOf, (repository, { requestParameters }) => ({
    verb: 'delete',
    object: `${counted(listOf(memberOf(requestParameters, 'imageIds')).length, 'image')} in ${repository.text}`,
  })),
  PutLifecyclePolicy: alteration(repositoryOf, ({ text }) => `lifecycle policy of ${text}`),
  DeleteLifecyclePolicy: about(repositoryOf, (repository) => ({
    verb: 'delete',
    object: `lifecycle policy of ${repository.text}`,
  })),
  PutImageTagMutability: alteration(
    repositoryOf,
    ({ text }, { requestParameters }) =>
      `tags of ${text}: ${shortened(textMember(requestParameters, 'imageTagMutability') ?? 'unknown')}`,
  ),
  PutImageScanningConfiguration: about(repositoryOf, (repository, { requestParameters }) => {
    const settings = memberOf(requestParameters, 'imageScanningConfiguration') ?? null;
    const on = flagMember(settings, 'scanOnPush') === true;
    return {
      verb: on ? 'switch on' : 'switch off',
      object: `scans of new images of ${repository.text}`,
    };
  }),
};

function repositoryOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'repositoryName');
  return name === undefined ? undefined : subjectOf('repository', name);
}

function registryOf({ recipientAccountId }: ChangeEvent): Subject {
  return subjectOf('registry', recipientAccountId ?? 'of the account');
}
