/** The environment of a command that talks to a test's Athena. */
import { emptyFolder } from '../run-hunt.js';

/** Credentials that nobody checks, and a folder of its own for what a hunt keeps. */
export function awsEnvironment(): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    XDG_STATE_HOME: emptyFolder(),
  };
}
