/** The text of `data/calls.txt`. */
export function callNames(): string;
