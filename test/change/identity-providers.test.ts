/** One table says whom well-known providers of identities sign in. `queries/classes.yml` repeats it for SQL. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providersOf, type SignedIn } from '../../src/change/identity-providers.js';

const CLASSES = readFileSync(new URL('../../queries/classes.yml', import.meta.url), 'utf8');

test.each<[SignedIn]>([['pipelines'], ['pods'], ['people'], ['users of an application']])(
  'the providers of %s are the same for a rule and for a finding',
  (signedIn) => {
    expect(CLASSES).toContain(`'${providersOf(signedIn)}'`);
  },
);
