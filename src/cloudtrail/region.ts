/** How AWS names its regions, also those of its other partitions and those to come. */

/**
 * The source of a pattern for `eu-central-1`, `us-gov-west-1`, `us-isob-east-1` or `eusc-de-east-1`. It requires a direction, so that
 * a folder of a person, such as `case-17`, is no region.
 */
export const REGION = String.raw`[a-z]{2,4}(?:-gov|-iso[a-z]?|-[a-z]{2})?-(?:central|north|south|(?:north|south)?(?:east|west))-\d{1,2}`;

const WHOLE = new RegExp(`^${REGION}$`);

/** Whether a text is the name of a region. */
export function isRegion(text: string): boolean {
  return WHOLE.test(text);
}
