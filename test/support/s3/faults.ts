/** The faults that a test can inject into calls of the S3 server. */
import type { S3Call } from './server.js';
import { S3Error } from './protocol.js';

/** A call before it is answered. `count`: its number among the calls of the same kind, key and range, from 1. */
export interface FaultCall extends S3Call {
  readonly count: number;
}

export type Fault =
  | { readonly kind: 'answer'; readonly error: S3Error }
  /** The connection breaks in the middle of the body. */
  | { readonly kind: 'break' }
  /** The body stops in the middle, and the connection stays open. */
  | { readonly kind: 'stall' }
  | { readonly kind: 'delay'; readonly milliseconds: number };

export type Faults = (call: FaultCall) => Fault | undefined;

function answer(status: number, code: string, message: string): Fault {
  return { kind: 'answer', error: new S3Error(status, code, message) };
}

export const SLOW_DOWN = answer(503, 'SlowDown', 'Please reduce your request rate.');
export const INTERNAL_ERROR = answer(500, 'InternalError', 'We encountered an internal error.');
export const ACCESS_DENIED = answer(403, 'AccessDenied', 'Access Denied');
export const NO_SUCH_KEY = answer(404, 'NoSuchKey', 'The specified key does not exist.');
export const IN_GLACIER = answer(
  403,
  'InvalidObjectState',
  "The operation is not valid for the object's storage class",
);
export const NO_KEY_ACCESS = answer(
  403,
  'AccessDenied',
  'User: arn:aws:iam::112233445566:user/dana is not authorized to perform: kms:Decrypt on the resource',
);
export const CHANGED = answer(
  412,
  'PreconditionFailed',
  'At least one of the pre-conditions you specified did not hold',
);
export const BREAK: Fault = { kind: 'break' };
export const STALL: Fault = { kind: 'stall' };

export function delayed(milliseconds: number): Fault {
  return { kind: 'delay', milliseconds };
}

/** The call is never answered during a test. */
export const NEVER = delayed(1e9);
