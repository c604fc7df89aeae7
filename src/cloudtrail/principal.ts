/** How a principal is named, wherever an event's `userIdentity` is read. */

/** The members of `useridentity` that may say who it was, the best first. */
export const PRINCIPAL = ['arn', 'principalid', 'invokedby', 'accountid'] as const;
