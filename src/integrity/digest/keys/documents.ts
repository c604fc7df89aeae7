/** Several JSON documents in one file, one after the other: the output of a command that ran for several regions. */

/**
 * The texts of the documents. A text that is one document, or that is none at all, is given as it is: whoever parses it says
 * what is wrong.
 */
export function documentsIn(text: string): readonly string[] {
  const found: string[] = [];
  let start = -1;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, at + 1));
    }
  }
  return found.length > 1 && depth === 0 ? found : [text];
}
