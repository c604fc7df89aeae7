/** For whom a report may be: `--for`, and `for` in hunt.yml. */

export const AUDIENCES = ['audit'] as const;
export type Audience = (typeof AUDIENCES)[number];
