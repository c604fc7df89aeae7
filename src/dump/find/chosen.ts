/** How a file came to be read. It decides what is said of a file that holds no events. */
import { classifyName } from './names.js';

/**
 * The user named the file; or it is in a folder or an archive and named like a log; or it is there and only its content can
 * tell whether it is a log.
 */
export type Chosen = 'by the user' | 'by its name' | 'by its content';

const STRONGEST_FIRST: readonly Chosen[] = ['by the user', 'by its name', 'by its content'];

/** The stronger of two, for a file that is reached twice. */
export function strongerChoice(a: Chosen, b: Chosen): Chosen {
  return STRONGEST_FIRST.indexOf(a) <= STRONGEST_FIRST.indexOf(b) ? a : b;
}

/** How a file in a folder or an archive is chosen. */
export function chosenInFolder(path: string): Chosen {
  return classifyName(path) === 'log' ? 'by its name' : 'by its content';
}
