/** The sample's folder. */
export const SAMPLE: string;

/** The sample as it should be: each file's path in it, and its text before compression. */
export function sampleFiles(): readonly { readonly path: string; readonly text: string }[];
