/** How instances are launched, as a request or a launch template says it. */
import type { Json } from '../../../../../cloudtrail/json.js';
import { field, flag, list, text, texts } from '../../../../request/ec2-shape.js';
import { phrase } from '../../../../sentence.js';
import { details, shortId, shortIds } from '../details.js';

/** What a launch template says of the instances that come from it. */
export function launchText(data: Json | undefined): string {
  const interfaces = list(data, 'networkInterface', 'networkInterfaces', 'networkInterfaceSet');
  const groups = [data, ...interfaces].flatMap((one) =>
    texts(list(one, 'securityGroupId', 'securityGroupIds', 'securityGroupIdSet')),
  );
  const profile = text(field(data, 'iamInstanceProfile'), 'name', 'arn');
  const isPublic = interfaces.some((one) => flag(one, 'associatePublicIpAddress') === true);
  return phrase(
    details(data, [
      ['', 'instanceType'],
      ['from', 'imageId'],
    ]),
    groups.length === 0 ? undefined : `with ${shortIds([...new Set(groups)])}`,
    isPublic ? 'with a public address' : undefined,
    details(data, [['with key', 'keyName']]),
    profile && `as ${shortId(profile)}`,
    text(data, 'userData') === undefined ? undefined : 'with user data',
    text(field(data, 'metadataOptions'), 'httpTokens') === 'optional' ? 'and IMDSv1' : undefined,
    isSpot(data) ? 'at spot prices' : undefined,
    protectionText(data),
  );
}

/** Whether a request or a template asks for instances of the spot market. */
export function isSpot(value: Json | undefined): boolean {
  return text(field(value, 'instanceMarketOptions'), 'marketType') === 'spot';
}

/** Whoever protects an instance makes it harder to take it away again. */
export function protectionText(value: Json | undefined): string | undefined {
  const from = [
    ...(flag(value, 'disableApiTermination') === true ? ['being terminated'] : []),
    ...(flag(value, 'disableApiStop') === true ? ['being stopped'] : []),
  ];
  return from.length === 0 ? undefined : `protected from ${from.join(' and ')}`;
}
