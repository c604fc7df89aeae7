/** Why a finding should be looked at first, the worst first. */
export const ATTENTION_REASONS = [
  'opened to the world',
  'opened to another account',
  'root user',
  'administrator rights',
  'console without MFA',
  'from another account',
  'made a way in',
  'weakened the logs',
  'destroyed data',
  'reached data',
  'hidden characters',
  'no readable time',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];
