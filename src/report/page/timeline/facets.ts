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
function flagsOf({ outcome, change, disposition }: Finding): readonly string[] {
  const exposure = change?.exposure ?? null;
  return [
    ...(outcome === 'failed' ? ['failed'] : []),
    ...(outcome === 'failed' || exposure === null
      ? []
      : [
          `${exposure.direction === 'ingress' ? 'open to' : 'reaches'} ${exposure.peer === 'everyone' ? 'everyone' : 'a foreign account'}`,
        ]),
    ...(disposition === null ? [] : [disposition.status]),
  ];
}
