/**
 * Values that a sentence leaves out. Reports are sent to people who may not read the logs, and a log has what CloudTrail did not know
 * to be secret: the text of a document, variables of programs, tokens in the query of a URL.
 */

/** Paths of parameters whose values may hold secrets. */
const MAY_BE_SECRET: readonly RegExp[] = [
  // A document of Systems Manager is a program.
  /^content$/,
  // Of Identity Center: names and addresses of people.
  /^operations[.]attributeValue$/,
  /(?:^|[.])externalId$/i,
  // `splunk-token` of a driver of container logs.
  /(?:^|[.])logConfiguration[.]options[.]/,
  /(?:^|[.])(?:environment[.]variables|environmentVariables|stageVariables)(?:[.](?!name$|type$)[^.]+)?$/i,
  /(?:password|passphrase|privateKey|secretKey|secretAccessKey|clientSecret|authToken|[.]secret|^secret)$/i,
];

/** `requirePassword true` and the ARN of a secret are no secrets. */
const HARMLESS = /^(?:true|false|none|arn:.*)$/is;
const QUERY = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#@\s]*@)?([^?#]*)[?#].*$/is;
const LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s]*@/i;

/** Whether the values of a parameter may be secret, by its path: `environment.variables.TOKEN`. `true` and an ARN never are. */
export function mayBeSecret(path: string, values: readonly string[]): boolean {
  return (
    MAY_BE_SECRET.some((one) => one.test(path)) && !values.every((value) => HARMLESS.test(value))
  );
}

/** A URL without its query, which may have tokens, and without a password; other text as it is. */
export function withoutQuery(text: string): string {
  return text.includes('://') ? text.replace(QUERY, '$1$2?…').replace(LOGIN, '$1') : text;
}
