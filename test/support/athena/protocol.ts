/** The protocol AWS JSON 1.1: reading requests, and writing answers and errors. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request's JSON body. */
export type Input = Readonly<Record<string, unknown>>;

export interface Request {
  /** `StartQueryExecution`. */
  readonly operation: string;
  readonly input: Input;
}

/** An error answer, as AWS names them. */
export class AwsError extends Error {
  override readonly name: string;
  readonly status: number;
  /** Further members of the body, such as `AthenaErrorCode`. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(
    name: string,
    message: string,
    { status = 400, fields = {} }: { status?: number; fields?: Readonly<Record<string, string>> },
  ) {
    super(message);
    this.name = name;
    this.status = status;
    this.fields = fields;
  }
}

/** An error in the caller's input. `code` is the AthenaErrorCode. */
export function invalidRequest(message: string, code = 'INVALID_INPUT'): AwsError {
  return new AwsError('InvalidRequestException', message, { fields: { AthenaErrorCode: code } });
}

/** Throws an AwsError where the request does not follow the protocol. */
export async function readRequest(request: IncomingMessage): Promise<Request> {
  const body = await text(request);
  const target = /^AmazonAthena\.(\w+)$/.exec(String(request.headers['x-amz-target']));
  const operation = target?.[1];
  if (request.method !== 'POST' || request.url !== '/' || operation === undefined)
    throw new AwsError('UnknownOperationException', 'unknown operation', {});
  try {
    return { operation, input: JSON.parse(body) as Input };
  } catch {
    throw new AwsError('SerializationException', 'the body is no JSON', {});
  }
}

/** Sends the output of an operation. The protocol writes a Date as seconds since 1970. */
export function sendOutput(response: ServerResponse, output: object): void {
  send(response, 200, output);
}

/** Sends an error in AWS's shape, with its own status. */
export function sendError(response: ServerResponse, error: AwsError): void {
  send(response, error.status, { __type: error.name, Message: error.message, ...error.fields });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body, secondsForDates));
}

// JSON.stringify shows a Date to its replacer as text already; only the holder still has the Date.
function secondsForDates(this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
  const held = this[key];
  return held instanceof Date ? held.getTime() / 1000 : value;
}
