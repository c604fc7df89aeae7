/** Which role somebody takes. */
import { expect, test } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../../../support/change.js';

const credentials = { accessKeyId: 'ASIAPODROLE000000001' };
const assumedRoleUser = { arn: 'arn:aws:sts::111111111111:assumed-role/Queue/eks-prod-web-0' };

test.each<[sentence: string, answer: Json]>([
  [
    'assumed role Queue for the pods of shop/web in cluster prod (key ASIAPODROLE000000001)',
    { assumedRoleUser, credentials, subject: { namespace: 'shop', serviceAccount: 'web' } },
  ],
  [
    'assumed role Queue for a pod in cluster prod (key ASIAPODROLE000000001)',
    { assumedRoleUser, credentials },
  ],
  ['assumed a role for a pod in cluster prod', null],
])('%s', (sentence, responseElements) => {
  const requestParameters = { clusterName: 'prod', token: 'HIDDEN_DUE_TO_SECURITY_REASONS' };
  const call = callOf('eks-auth', 'AssumeRoleForPodIdentity', {
    requestParameters,
    responseElements,
  });
  expect(changeOf(call).sentence).toBe(sentence);
});
