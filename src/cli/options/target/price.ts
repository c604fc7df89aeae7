/** What Athena bills for a terabyte. */
import { HuntError } from '../../../errors.js';
import type { Written } from '../written.js';

/** US dollars for a terabyte that Athena reads. Source: https://aws.amazon.com/athena/pricing/ */
const DEFAULT_PRICE = 5;

/** The price that the user wrote, else the default. Throws a HuntError if it is no amount. */
export function readPrice(written: Written | undefined): number {
  if (written === undefined) return DEFAULT_PRICE;
  const { text, where } = written;
  const price = Number(text);
  if (text.trim() !== '' && Number.isFinite(price) && price >= 0) return price;
  throw new HuntError(
    'USAGE',
    `${where} ${JSON.stringify(text)} is not an amount: write US dollars for a terabyte, such as 5`,
  );
}
