/** What a reader may choose findings by. */
import type { Finding } from '../../finding.js';
import type { FindingFacets } from '../block.js';

export function facetsOf(finding: Finding): FindingFacets {
  const { actor, how, recipientAccountId, awsRegion, rules } = finding;
  return {
    principal: actor.name,
    account: recipientAccountId,
    region: awsRegion,
    tool: how.tool,
    rules: rules.map(({ id }) => id),
    flags: flagsOf(finding),
  };
}

/** What a failed call asked for did not happen. */
function flagsOf({ outcome, change, disposition, attention }: Finding): readonly string[] {
  const isEgress = outcome === 'succeeded' && change?.exposure?.direction === 'egress';
  return [
    ...attention,
    ...(outcome === 'failed' ? ['failed'] : []),
    ...(isEgress ? ['reaches others'] : []),
    ...(disposition === null ? [] : [disposition.status]),
  ];
}
