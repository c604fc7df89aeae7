/** Sizes as people write them on the command line. */
import { HuntError } from '../../errors.js';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  KI: 1024,
  MI: 1024 ** 2,
  GI: 1024 ** 3,
  TI: 1024 ** 4,
};

/** The value of an option that may be missing, in bytes. Throws a HuntError that names the option. */
export function readOptionalSize(text: string | undefined, option: string): number | undefined {
  return text === undefined ? undefined : readSize(text, option);
}

/** Bytes from `500GB`, `2TB`, `10 GiB`, `1000000`. Throws a HuntError that names the option. */
function readSize(text: string, option: string): number {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([KMGT]?I?)B?\s*$/i.exec(text) ?? [];
  const bytes = Number(number) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (number !== '' && Number.isFinite(bytes)) return bytes;
  throw new HuntError(
    'USAGE',
    `${option} ${JSON.stringify(text)} is not a size: write 500GB, 2TB or 10GiB`,
  );
}
