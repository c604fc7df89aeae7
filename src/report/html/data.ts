/** Data for the page's script. A browser does not run it, so it needs no hash in the policy. */

/** JSON in an element of its own. No text in it can end the element or begin a comment. */
export function dataPiece(id: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${id}">${json}</script>\n`;
}
