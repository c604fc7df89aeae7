/** IDs of accounts. What they mean in requests is in `change/request`. */

/** Whether it is the ID of an account, and nothing else. */
export function isAccountId(text: string): boolean {
  return /^[0-9]{12}$/.test(text);
}

/** The account in the ARN of a principal. */
export function accountOfPrincipal(principal: string | null): string | undefined {
  return /^arn:[^:]*:[^:]*::(\d{12}):/.exec(principal ?? '')?.[1];
}
