/** Of which accounts and regions a trail has events, in words. */

interface TrailScope {
  readonly account: string | null;
  readonly region: string | null;
  /** Undefined where the logs do not say. */
  readonly allRegions: boolean | undefined;
  readonly organization: boolean | undefined;
}

/** `of account 112233445566 in eu-west-1` */
export function scopeText({ account, region, allRegions, organization }: TrailScope): string {
  const who =
    organization === true
      ? 'of all accounts of the organization'
      : `of account ${account ?? 'unknown'}`;
  const home = region ?? 'an unknown region';
  if (allRegions === true) return `${who} in all regions`;
  if (allRegions === false) return `${who} in ${home}`;
  return `${who} in ${home}, and in the other regions if the trail is one of all regions`;
}
