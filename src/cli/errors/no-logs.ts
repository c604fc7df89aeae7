/** The text of the error where neither the command line nor hunt.yml says which logs to read. `example` is a command that does. */
export function noLogsText(example: string): string {
  return `no logs are named: ${example}

Or say in hunt.yml where the logs are:

  paths: [./logs]
`;
}
