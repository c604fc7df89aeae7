/** The limit that a person sets on what is read elsewhere. */
import { HuntError } from '../errors.js';

/** Throws a HuntError where more bytes have been read than may be. */
export function checkScan(bytes: number, maxScan: number | undefined): void {
  if (maxScan !== undefined && bytes > maxScan)
    throw new HuntError(
      'ENGINE',
      `stopped: ${bytes.toLocaleString('en-US')} bytes were read, and --max-scan allows ${maxScan.toLocaleString('en-US')}. A shorter window reads less.`,
    );
}
