/** The address of a Trino, the table in it, and the login. */
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
 * Reads `https://[user[:password]@]host[:port]/catalog/schema/table`. A missing user comes from TRINO_USER, else USER, else
 * it is `hunt`; a missing password comes from TRINO_PASSWORD; a token comes from TRINO_TOKEN. Throws a HuntError USAGE,
 * whose message contains no password.
 */
export function readTrinoServer(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): TrinoServer {
  // Everything up to the last @ is hidden, because an unescaped password may contain any character.
  const shown = text.replace(/^.*@/s, '…@');
  const refuse = (reason: string): never => {
    throw new HuntError('USAGE', `"${shown}" is not a table in Trino: ${reason}`);
  };
  const url = URL.canParse(text) ? new URL(text) : refuse(`write it as ${FORM}`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse(`write it as ${FORM}`);
  if (url.search !== '' || url.hash !== '')
    refuse('it must not contain ? or #; in a password write %3F and %23');
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse('write %25 for a % that does not begin an escape');
    }
  };
  const path = url.pathname.replace(/^\/|\/$/g, '').split('/');
  const [catalog = '', schema = '', table = '', ...more] = path.map(decode);
  if (catalog === '' || schema === '' || table === '' || more.length > 0)
    refuse(`its path must be /catalog/schema/table, as in ${FORM}`);

  const password = decode(url.password) || environment['TRINO_PASSWORD'] || undefined;
  const token = environment['TRINO_TOKEN'] || undefined;
  const named = decode(url.username) || environment['TRINO_USER'] || environment['USER'];
  if (!named && (password ?? token) !== undefined)
    return refuse('a login needs a user; set TRINO_USER');
  // Cron and containers do not set USER. Without a login, Trino requires a name and accepts any.
  const user = named || 'hunt';
  if (password !== undefined && token !== undefined)
    refuse('there are both a password and a TRINO_TOKEN; keep one of them');
  if (password !== undefined && user.includes(':'))
    refuse('the name of a user with a password must not contain a colon');
  for (const [what, value] of Object.entries({ catalog, schema, user, TRINO_TOKEN: token ?? '' }))
    if (!/^[ -~]*$/.test(value))
      refuse(`${what} has a character that cannot be sent in a header (a line end, or not ASCII)`);
  if ((password ?? token) !== undefined && url.protocol === 'http:' && !isLoopback(url.hostname))
    refuse('over http others could read the password or token; use https');
  return { url: url.origin, catalog, schema, table, user, password, token };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}
