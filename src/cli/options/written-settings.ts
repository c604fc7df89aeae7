/** Values that the command line or `hunt.yml` may have. The command line wins. */
import type { Config } from './hunt-yml/config.js';
import type { Written } from './written.js';

/** The value of `--since`, `--until` or `--late`, or else the one in the configuration; undefined if neither has one. */
export function writtenTime(
  key: 'since' | 'until' | 'late',
  option: string | undefined,
  config: Config | undefined,
): Written | undefined {
  if (option !== undefined) return { text: option, where: `--${key}` };
  const text = config?.[key];
  if (config === undefined || text === undefined) return undefined;
  return { text, where: `${config.path}: ${key}` };
}

/** The value of `--price`, or else the one in the configuration; undefined if neither has one. */
export function writtenPrice(
  option: string | undefined,
  config: Config | undefined,
): Written | undefined {
  if (option !== undefined) return { text: option, where: '--price' };
  const text = config?.athena?.price;
  if (config === undefined || text === undefined) return undefined;
  return { text, where: `${config.path}: athena: price` };
}
