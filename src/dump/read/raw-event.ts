/** Cuts the text of one event out of the text around it, because an event that was parsed has lost the spelling of its numbers. */
import { parseJson, type Json } from '../../cloudtrail/json.js';
import { plainName } from '../../cloudtrail/spelling/names.js';
import { jsonTokens } from '../../text/indented.js';

/** Levels of texts in texts. */
const MAX_TEXTS = 6;

/** The text of the first object whose own `eventID` is this; also in texts that hold JSON. Undefined if there is none. */
export function rawEvent(json: string, id: string, texts = 0): string | undefined {
  const open: { readonly start: number; isWanted: boolean }[] = [];
  let key: string | undefined;
  let before = '';
  for (const { 0: token, index } of jsonTokens(json)) {
    const object = open.at(-1);
    if (token === '{') {
      open.push({ start: index, isWanted: false });
      key = undefined;
    } else if (token === '}') {
      open.pop();
      if (object?.isWanted === true) return json.slice(object.start, index + 1);
    } else if (token === ':') key = before;
    else if (token.startsWith('"') && token.includes(id)) {
      const text = textOf(token);
      if (object !== undefined && text === id && isIdKey(key)) object.isWanted = true;
      const inner = texts < MAX_TEXTS && text !== id ? rawEvent(text, id, texts + 1) : undefined;
      if (inner !== undefined) return inner;
    } else if (token === ',') key = undefined;
    before = token;
  }
  return undefined;
}

function isIdKey(key: string | undefined): boolean {
  return key !== undefined && plainName(textOf(key)) === 'eventid';
}

function textOf(token: string): string {
  try {
    const value: Json = parseJson(token);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
