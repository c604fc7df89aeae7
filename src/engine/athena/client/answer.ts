/**
 * Checks that an answer is one of Athena. A proxy may answer in its place, with HTML for instance, or cut an answer off. The SDK
 * reports that as an error in JSON, and takes any JSON object for an answer without members.
 */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { reasonOf } from '../../../errors.js';

/** After so many bad answers with HTTP 200 to one call, another try will hardly give a better one. */
const MOST_IN_A_CALL = 4;

/** What came is no answer of Athena. */
export class BadAnswer extends Error {
  readonly status: number;
  /** Set if the SDK is to make the call again. */
  readonly $retryable: { readonly throttling: boolean } | undefined;

  /** `count` counts the bad answers to one call from 1. */
  constructor(message: string, status: number, count: number) {
    super(message);
    this.status = status;
    const isBusy = status === 429 || (status >= 500 && status !== 501);
    const mayPass = isBusy || (status === 200 && count < MOST_IN_A_CALL);
    this.$retryable = mayPass ? { throttling: false } : undefined;
  }
}

/** Whether the server does not know the call. Servers that stand in for Athena know some calls only. */
export function isUnknownCall(error: unknown): boolean {
  if (error instanceof BadAnswer) return [400, 404, 405, 501].includes(error.status);
  return error instanceof Error && error.name === 'UnknownOperationException';
}

/** The member without which an answer says nothing. */
const MEMBERS: Readonly<Record<string, string>> = {
  StartQueryExecutionCommand: 'QueryExecutionId',
  GetQueryExecutionCommand: 'QueryExecution',
  GetQueryResultsCommand: 'ResultSet',
  GetTableMetadataCommand: 'TableMetadata',
};

/** Lets the client's calls fail with a BadAnswer where the answer is none of Athena. */
export function checkAnswers(client: AthenaClient): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) => {
      let count = 0;
      return async (args) => {
        const host = hostOf(args.request);
        const result = await next(args).catch((error: unknown) => {
          throw badAnswer(error, host, ++count) ?? error;
        });
        const member = MEMBERS[commandName];
        if (member !== undefined && !(member in (result.output ?? {})))
          throw new BadAnswer(
            `${host} answered HTTP 200 with JSON that is no answer to ${commandName.replace(/Command$/, '')}`,
            200,
            ++count,
          );
        return result;
      };
    },
    { step: 'deserialize', priority: 'high', name: 'checkAnswer' },
  );
}

interface Failed {
  readonly name: string;
  readonly $fault?: string;
  readonly $response?: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** The error as a bad answer; undefined if it is an error of Athena, or if nothing was answered. */
function badAnswer(error: unknown, host: string, count: number): BadAnswer | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, $fault, $response: response }: Failed = error;
  // An error with a message is the server's own, though servers that stand in for Athena may not name it.
  const isOwn = $fault !== undefined && !(name === 'Unknown' && error.message === 'UnknownError');
  if (response === undefined || isOwn || name === 'AbortError') return undefined;
  const { statusCode: status, headers } = response;
  const what = contentOf(headers['content-type'] ?? '', reasonOf(error));
  const location = headers['location'];
  const redirection =
    location !== undefined && URL.canParse(location)
      ? `, and refers to ${new URL(location).host}`
      : '';
  return new BadAnswer(
    `${host} answered HTTP ${status} ${what}${redirection}${hintFor(status, what)}`,
    status,
    count,
  );
}

const HTML = 'with HTML instead of an answer of Athena';
const TORN = 'with an answer that breaks off';

function contentOf(type: string, reason: string): string {
  if (/html/i.test(type) || /Unexpected token '<'/.test(reason)) return HTML;
  if (/aborted|Unexpected end of JSON|Unterminated string/i.test(reason)) return TORN;
  return 'with something that is no answer of Athena';
}

function hintFor(status: number, what: string): string {
  if (status === 407) return ': a proxy asks for a login';
  if (what === HTML || status === 403) return ': is there a proxy or a login page in between?';
  return what === TORN ? ': does a proxy limit the size of answers?' : '';
}

function hostOf(request: unknown): string {
  const { hostname = '', port } = request as { readonly hostname?: string; readonly port?: number };
  return port === undefined ? hostname : `${hostname}:${port}`;
}
