/** Where to find the files of the package: rules, data, and the code of threads. */

/** The root folder of the package, as a URL. This file lies one folder below it, in `src` and, once built, in `dist`. */
export const PACKAGE = new URL('../', import.meta.url);
