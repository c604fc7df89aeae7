/** Whether a program made up the name of a session, because nobody named it. Such a name says nothing of who is behind the session. */

/**
 * The time, a constant of a tool, or both. SDKs and wrappers (aws-vault, Terragrunt) write these. `aws-sdk-migration` is none: a
 * person may have chosen it, and people who share a role must not become one actor.
 */
const MADE_UP =
  /^(?:\d{10,}|(?:aws-go-sdk|botocore-session|aws-dotnet-sdk-session|terragrunt)-\d+|aws-sdk-(?:js|java|php|ruby|net|rust|kotlin|swift|go|cpp)(?:-v?\d|-session){0,2}(?:-(?=[a-f-]*\d)[\da-f-]+)?|default_session|session|AssumeRoleSession|assume-role-session|AWSCLI-Session)$/i;

export function isMadeUp(session: string): boolean {
  return MADE_UP.test(session);
}
