/** The names of AWS's services and hosts. Each partition of AWS has a domain of its own. */

/** Of the partitions: AWS and GovCloud, China, the European Sovereign Cloud, and those that the internet does not reach. */
export const DOMAINS = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'c2s.ic.gov',
  'sc2s.sgov.gov',
  'cloud.adc-e.uk',
  'csp.hci.ic.gov',
] as const;

/** The domains, as a part of a regular expression without groups that are kept. The longest stand first. */
export const DOMAIN_PATTERN = `(?:${DOMAINS.toSorted((a, b) => b.length - a.length)
  .map((domain) => domain.replaceAll('.', String.raw`\.`))
  .join('|')})`;

/** How CloudTrail names a back end of AWS that is no service of its own. */
const BACK_END = 'AWS Internal';
const SERVICE = new RegExp(String.raw`^[a-z0-9][a-z0-9.-]{0,99}\.${DOMAIN_PATTERN}$`);

/** Whether a text is the name of a service: `rds.amazonaws.com`. */
export function isServiceHost(text: string): boolean {
  return SERVICE.test(text);
}

/** Whether a text is what events have as the name of a service, or of a back end. */
export function isServiceName(text: string): boolean {
  return text === BACK_END || isServiceHost(text);
}
