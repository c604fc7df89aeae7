/** How long a trail or a log group is still being made: whoever makes one says in further calls what it logs, as the console does. */
import { MINUTE } from '../cloudtrail/time/window.js';

export const MAKING = 15 * MINUTE;
