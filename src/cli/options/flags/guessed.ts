/** Options that people guess, by the words of other tools, and the option that they mean. */
import { nearestOf } from '../../../text/did-you-mean.js';

/** By the option that is meant: other words for it. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  '--user': ['actor', 'arn', 'identity', 'name', 'role', 'session', 'user-name', 'username', 'who'],
  '--key': ['access-key-id', 'accesskey', 'accesskeyid', 'credential', 'key-id'],
  '--ip': ['address', 'addr', 'cidr', 'ip-address', 'source', 'source-ip', 'sourceip', 'src'],
  '--event-name': ['action', 'api', 'call', 'event', 'eventname', 'operation'],
  '--event-id': ['eventid', 'id'],
  '--resource': ['arn-of', 'bucket', 'group', 'group-id', 'instance', 'resource-id', 'sg'],
  '--account': ['account-id', 'accountid', 'accounts'],
  '--region': ['regions', 'aws-regions'],
  '--severity': ['level', 'min-severity', 'priority', 'severities'],
  '--any-of': ['any', 'or'],
  '--since': ['after', 'begin', 'from', 'last', 'newer', 'start', 'start-time'],
  '--until': ['before', 'end', 'end-time', 'to'],
  '--rule': ['detection', 'ruleid', 'rule-id', 'sigma'],
  '--rules': ['rule-dir', 'rules-dir', 'rule-folder', 'sigma-rules'],
  '--set': ['param', 'parameter', 'parameters', 'var'],
  '--output': ['file', 'out', 'outfile', 'report', 'save', 'write'],
  '--format': ['csv', 'json', 'markdown', 'md', 'ndjson', 'output-format', 'type'],
  '--template': ['mustache', 'tmpl', 'tpl'],
  '--force': ['overwrite', 'yes'],
  '--jobs': ['threads', 'workers'],
  '--quiet': ['silent'],
  '--debug': ['trace', 'verbose'],
  '--help': ['usage'],
  '--athena': ['table'],
  '--no-exclusions': ['exclusions', 'include-excluded', 'no-filter'],
};

/** ` (did you mean --…?)` for an option that a command does not have; empty where nothing is near. */
export function guessedOption(given: string, known: readonly string[]): string {
  const word = given.replace(/^-+/, '').replace(/=.*$/s, '').replaceAll('_', '-').toLowerCase();
  const meant = Object.entries(OTHER_WORDS).find(([, words]) => words.includes(word))?.[0];
  const near = meant !== undefined && known.includes(meant) ? meant : nearOption(word, known);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

function nearOption(word: string, known: readonly string[]): string | undefined {
  if (word.length < 3) return undefined;
  const names = known.flatMap((option) => (option.startsWith('--') ? option.slice(2) : []));
  // A short word is near to too many others.
  const alike = word.length > 4 ? names : names.filter((name) => name[0] === word[0]);
  const near = names.find((name) => name.startsWith(word)) ?? nearestOf(word, alike);
  return near === undefined ? undefined : `--${near}`;
}
