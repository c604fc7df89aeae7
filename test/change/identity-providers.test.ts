/** One table says whom well-known providers of identities sign in. `queries/origins.yml` repeats it for SQL. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providersOf, type SignedIn } from '../../src/change/identity-providers.js';

const ORIGINS = readFileSync(new URL('../../queries/origins.yml', import.meta.url), 'utf8');

test.each<[SignedIn]>([['pipelines'], ['pods'], ['people'], ['users of an application']])(
  'the providers of %s are the same for a rule and for a finding',
  (signedIn) => {
    expect(ORIGINS).toContain(`'${providersOf(signedIn)}'`);
  },
);
