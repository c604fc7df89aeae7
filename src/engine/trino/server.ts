/** Where a Trino is, which of its tables holds the events, and who asks. */
import { HuntError } from '../../errors.js';

export interface TrinoServer {
  /** Scheme, host and port, without a path: `https://trino.example:8443`. */
  readonly url: string;
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly token: string | undefined;
}

const FORM = 'https://[user[:password]@]host[:port]/catalog/schema/table';

/**
 * Reads `https://[user[:password]@]host[:port]/catalog/schema/table`; what it does not say comes from TRINO_USER (else
 * USER, else `hunt` without a login), TRINO_PASSWORD and TRINO_TOKEN. Throws a HuntError with code USAGE, whose message has no password in it.
 */
export function readTrinoServer(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): TrinoServer {
  // Up to the last @, for an unescaped password may hold any sign.
  const shown = text.replace(/^.*@/s, '…@');
  const refuse = (reason: string): never => {
    throw new HuntError('USAGE', `"${shown}" names no table in Trino: ${reason}`);
  };
  const url = URL.canParse(text) ? new URL(text) : refuse(`write it as ${FORM}`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse(`write it as ${FORM}`);
  if (url.search !== '' || url.hash !== '')
    refuse('? and # do not belong there; in a password they are %3F and %23');
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse('a % that is no escape is written %25');
    }
  };
  const path = url.pathname.replace(/^\/|\/$/g, '').split('/');
  const [catalog = '', schema = '', table = '', ...more] = path.map(decode);
  if (catalog === '' || schema === '' || table === '' || more.length > 0)
    refuse(`its path is /catalog/schema/table, as in ${FORM}`);

  const password = decode(url.password) || environment['TRINO_PASSWORD'] || undefined;
  const token = environment['TRINO_TOKEN'] || undefined;
  const named = decode(url.username) || environment['TRINO_USER'] || environment['USER'];
  if (!named && (password ?? token) !== undefined)
    return refuse('who asks is not known; set TRINO_USER');
  // Cron and containers set no USER; where nobody logs in, Trino wants a name and takes any.
  const user = named || 'hunt';
  if (password !== undefined && token !== undefined)
    refuse('there are both a password and a TRINO_TOKEN; keep one');
  if (password !== undefined && user.includes(':'))
    refuse('a user with a password has no colon in the name');
  for (const [what, value] of Object.entries({ catalog, schema, user, TRINO_TOKEN: token ?? '' }))
    if (!/^[ -~]*$/.test(value))
      refuse(`${what} has a sign that cannot be sent in a header (a line end, or beyond ASCII)`);
  if ((password ?? token) !== undefined && url.protocol === 'http:' && !isLoopback(url.hostname))
    refuse('over http anyone on the way could read the password or token; use https');
  return { url: url.origin, catalog, schema, table, user, password, token };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}
