/**
 * The forms of the IDs that credentials have: of keys, and of the instances that sessions are named for. Logs may be redacted: what
 * is no ID must not tie strangers together.
 */

/** Whether it is the key of a user. */
export function isUserKey(text: string): boolean {
  return /^AKIA[A-Za-z0-9]{8,124}$/.test(text);
}

/** Whether it is the key of a session. */
export function isSessionKey(text: string): boolean {
  return /^ASIA[A-Za-z0-9]{8,124}$/.test(text);
}

export function isAccessKey(text: string): boolean {
  return isUserKey(text) || isSessionKey(text);
}

export function isInstanceId(text: string): boolean {
  return /^i-[0-9a-f]{8,17}$/.test(text);
}
