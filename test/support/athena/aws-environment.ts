/** The environment of a command that talks to a test's Athena. */
import { emptyFolder } from '../run-hunt.js';

/** Credentials that the test server does not check, and a new folder for journals. */
export function awsEnvironment(): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'us-east-1',
    XDG_STATE_HOME: emptyFolder(),
  };
}
