/**
 * Says what a person probably meant where a text is not YAML. The parser's own messages name its grammar, and often the place
 * where it gave up, not the place of the mistake.
 */
import { isScalar, visit, type Document, type YAMLParseError } from 'yaml';

/** A mistake, and its place in the text. */
export interface Mistake {
  readonly message: string;
  readonly offset: number;
}

/** The first mistake in a document; undefined if there is none. */
export function mistakeIn(document: Document, text: string): Mistake | undefined {
  const [error] = document.errors;
  if (error === undefined) return undefined;
  const offset = error.pos[0];
  if (/call stack/.test(error.message)) return { message: 'the file is too deeply nested', offset };
  return knownMistake(error, document, text) ?? { message: error.message, offset };
}

function knownMistake(
  error: YAMLParseError,
  document: Document,
  text: string,
): Mistake | undefined {
  const offset = error.pos[0];
  const line = lineAt(text, offset);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab: indent with spaces', offset };
    case 'BAD_SCALAR_START':
      return {
        message: `a text cannot begin with ${text[offset] ?? 'this sign'}: put it in quotes`,
        offset,
      };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `in "…" a backslash begins an escape: write two, or put the text in '…'`,
        offset,
      };
    case 'MISSING_CHAR':
      return (
        unclosedQuote(document, offset) ?? badKey(line, offset, text) ?? wrongIndent(text, offset)
      );
    case 'BAD_INDENT':
      return error.message.startsWith('Flow')
        ? unclosedBracket(text, offset)
        : wrongIndent(text, offset);
    case 'UNEXPECTED_TOKEN':
      return unexpected(line, offset);
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return badKey(line, offset, text);
    default:
      return undefined;
  }
}

interface Line {
  readonly text: string;
  /** The offset of its first character, and of its line feed. */
  readonly start: number;
  readonly end: number;
}

function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  return { text: line.replace(/\r$/, ''), start, end: end < 0 ? text.length : end };
}

/** The next line that has more than a comment. */
function nextLine(text: string, { end }: Line): Line | undefined {
  for (let at = end + 1; at < text.length;) {
    const line = lineAt(text, at);
    if (isContent(line)) return line;
    at = line.end + 1;
  }
  return undefined;
}

function isContent({ text }: Line): boolean {
  return /^\s*[^\s#]/.test(text);
}

function indentOf({ text }: Line): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}

function wrongIndent(text: string, offset: number): Mistake {
  const own = lineAt(text, offset);
  const line = isContent(own) ? own : (nextLine(text, own) ?? own);
  return {
    message: 'wrong indent: no mapping or list above begins in this column',
    offset: Math.max(offset, line.start + indentOf(line)),
  };
}

/** The quote that opened the text in which the document ends. */
function unclosedQuote(document: Document, offset: number): Mistake | undefined {
  let opened: Mistake | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (!range || range[1] < offset || !type?.startsWith('QUOTE')) return;
      const quote = type === 'QUOTE_DOUBLE' ? '"' : "'";
      opened = { message: `this ${quote} is never closed`, offset: range[0] };
    },
    Pair(_, { key }) {
      if (isScalar(key) && key.range && key.range[1] >= offset && key.type?.startsWith('QUOTE'))
        opened = { message: 'this quote is never closed', offset: key.range[0] };
    },
  });
  return opened;
}

function unclosedBracket(text: string, offset: number): Mistake {
  let depth = 0;
  for (let at = offset - 1; at >= 0; at--) {
    const sign = text.charAt(at);
    if (sign === ']' || sign === '}') depth++;
    if (sign !== '[' && sign !== '{') continue;
    if (depth === 0) return { message: `this ${sign} is never closed`, offset: at };
    depth--;
  }
  return { message: 'a bracket is never closed', offset };
}

function unexpected({ text, start }: Line, offset: number): Mistake | undefined {
  const before = text.slice(0, offset - start).trimEnd();
  if (before.endsWith('"'))
    return {
      message:
        'text after the closing ": write \\" for a quote inside "…", or put the text in \'…\'',
      offset,
    };
  if (before.endsWith("'"))
    return { message: "text after the closing ': write '' for a quote inside '…'", offset };
  const sign = text.charAt(offset - start);
  if (sign === ']' || sign === '}')
    return { message: `nothing is open that this ${sign} closes`, offset };
  return undefined;
}

/** A line that the parser takes for a key, and that cannot be one. */
function badKey(line: Line, offset: number, text: string): Mistake | undefined {
  const { text: own, start } = line;
  const [, head = '', value = ''] = /^(\s*(?:- +)*[^\s:"'[{][^:]*:\s+)(.*)$/.exec(own) ?? [];
  const colon = /^[^"'[{|>&*!#].*?:(?:\s|$)/.exec(value);
  if (colon !== null)
    return {
      message: 'a colon in an unquoted text: put the text in quotes',
      offset: start + head.length + colon[0].trimEnd().length - 1,
    };
  if (/^\s*-[^\s-]/.test(own))
    return { message: 'a space is missing after the -', offset: start + own.indexOf('-') + 1 };
  const tight = /^\s*(?:- +)*[\w.|$-]+:(?=[^\s:])/.exec(own);
  if (tight !== null)
    return { message: 'a space is missing after the colon', offset: start + tight[0].length };
  const next = nextLine(text, line);
  if (head !== '' && next !== undefined && indentOf(next) > indentOf(line))
    return wrongIndent(text, next.start);
  const [, dash = ''] = /^(\s*(?:- +)+)[A-Za-z]\w* +[^\s#]/.exec(own) ?? [];
  if (head === '' && dash !== '' && next !== undefined && /:(?:\s|$)/.test(next.text))
    return {
      message:
        'a colon is missing (write "key: value"), or the next line begins in the wrong column',
      offset: start + dash.length,
    };
  if (/^\s*-/.test(own)) return wrongIndent(text, offset);
  if (head === '' && !/:(?:\s|$)/.test(own))
    return {
      message: 'a colon is missing: write "key: value"',
      offset: start + indentOf(line),
    };
  return undefined;
}
