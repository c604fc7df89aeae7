/** What a reader may choose findings by. */
import { nameIn } from '../../counted-by.js';
import type { Finding } from '../../finding.js';
import type { FindingFacets } from '../blocks/block.js';

export function facetsOf(finding: Finding): FindingFacets {
  return {
    principal: nameIn('principal', finding),
    account: nameIn('account', finding).name,
    region: nameIn('region', finding).name,
    tool: nameIn('tool', finding).name,
    rules: finding.rules.map(({ id }) => id),
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
