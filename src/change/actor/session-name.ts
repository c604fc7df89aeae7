/** Whether a program made up the name of a session, because nobody named it. Such a name says nothing of who is behind the session. */

/** The time, a constant of a tool, or both. SDKs and wrappers (aws-vault, Terragrunt) write these. */
const MADE_UP =
  /^(?:\d{10,}|(?:aws-go-sdk|botocore-session|aws-dotnet-sdk-session|terragrunt)-\d+|aws-sdk-[^@]*|default_session|session|AssumeRoleSession|assume-role-session|AWSCLI-Session)$/i;

export function isMadeUp(session: string): boolean {
  return MADE_UP.test(session);
}
