/** A user's own format: a text with mustache tags, which have no logic and cannot run code. */
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';

export interface Template {
  /** As the user named it. */
  readonly path: string;
  /** `.json`: it decides how values are escaped, and which files are made with the template. */
  readonly ending: string;
  readonly text: string;
}

/** A token of mustache: its kind, its name, where it stands, and what is inside. */
type Token = readonly unknown[];

/** Throws a HuntError where the template cannot be read, or has tags that are not allowed. */
export async function checkTemplate({ path, text }: Template): Promise<void> {
  const { default: mustache } = await import('mustache');
  let tokens: readonly Token[];
  try {
    tokens = mustache.parse(text);
  } catch (error) {
    throw refused(path, reasonOf(error));
  }
  for (const [kind, name] of allOf(tokens)) {
    const tag = safeLine(String(name));
    if (kind === '>') throw refused(path, `{{> ${tag}}} names another file, which is not allowed`);
    if (kind === '&')
      throw refused(path, `{{{${tag}}}} would write a value of a log as it is: write {{${tag}}}`);
  }
}

function* allOf(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (Array.isArray(token[4])) yield* allOf(token[4] as readonly Token[]);
  }
}

function refused(path: string, reason: string): HuntError {
  return new HuntError('USAGE', `the template ${safeLine(path)}: ${safeLine(reason)}`);
}
