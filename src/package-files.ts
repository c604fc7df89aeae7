/** Where the files that travel with hunt are. */

/** The root of the package, as a folder's URL: above `src`, and above `dist`, in which all code lies side by side. */
export const PACKAGE = new URL('../', import.meta.url);
