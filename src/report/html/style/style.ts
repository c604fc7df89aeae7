/**
 * The style sheet of a page. It depends on nothing in the report, so its hash in the policy is always the same. Without it, as in
 * viewers that forbid styles, the page is complete and in order.
 */
import { PRINT } from './print.js';
import { SCREEN } from './screen.js';

export const STYLE = SCREEN + PRINT;
