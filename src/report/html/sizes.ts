/** How many findings a list in the page has. A browser lays out only the lists that are near the window, so a long one is divided. */

export const MOST_IN_LIST = 200;

/** The numbers of findings for which the style sheet knows about how high a list is, the smallest first. */
export const SIZES: readonly number[] = [1, 2, 5, 10, 20, 50, 100, MOST_IN_LIST];
