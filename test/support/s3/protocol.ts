/** The XML of S3's errors. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
import type { ServerResponse } from 'node:http';

/** An error that S3 answers. */
export class S3Error extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function sendError(response: ServerResponse, { status, code, message }: S3Error): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
