/** What a terminal can show. */
import type { Colors } from 'picocolors/types.js';

export interface Screen {
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** Whether it shows `▁▂▅█`. */
  readonly hasBars: boolean;
}
