/** Checks a StartQueryExecution request, and combines it with the settings of its workgroup. */
import type {
  EngineVersion,
  QueryExecutionContext,
  StartQueryExecutionInput,
  StatementType,
  WorkGroup,
} from '@aws-sdk/client-athena';
import { invalidRequest } from './protocol.js';
import { codeOf } from './sql-code.js';

/** Source: https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html */
const LIMITS = { queryBytes: 262_144, token: { least: 32, most: 128 } };

const ENGINE: EngineVersion = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
};

export interface Statement {
  readonly type: StatementType;
  /** `SELECT`, `EXPLAIN`. */
  readonly kind: string;
}

export interface Submission {
  readonly sql: string;
  readonly statement: Statement;
  readonly context: QueryExecutionContext;
  readonly workGroup: string;
  readonly engineVersion: EngineVersion;
  /** The folder in S3 for results, ending in `/`; undefined where Athena keeps them. */
  readonly output: string | undefined;
  readonly managed: boolean;
  /** In bytes; Infinity where there is no limit. */
  readonly scanLimit: number;
}

/** Throws an AwsError for a request that Athena refuses. */
export function readSubmission(
  input: StartQueryExecutionInput,
  workGroups: readonly WorkGroup[],
): Submission {
  checkToken(input.ClientRequestToken);
  const sql = input.QueryString;
  if (sql === undefined || sql === '') throw invalidRequest('QueryString must not be empty');
  if (Buffer.byteLength(sql) > LIMITS.queryBytes)
    throw invalidRequest(
      "1 validation error detected: Value at 'queryString' failed to satisfy constraint: " +
        `Member must have length less than or equal to ${LIMITS.queryBytes}`,
    );
  const group = findWorkGroup(input.WorkGroup ?? 'primary', workGroups);
  if (group.State === 'DISABLED') throw invalidRequest(`WorkGroup ${group.Name} is disabled.`);
  const configuration = group.Configuration ?? {};
  const managed = configuration.ManagedQueryResultsConfiguration?.Enabled === true;
  return {
    sql,
    statement: statementOf(sql),
    context: input.QueryExecutionContext ?? {},
    workGroup: group.Name ?? 'primary',
    engineVersion: configuration.EngineVersion ?? ENGINE,
    output: outputFolder(input, group, managed),
    managed,
    scanLimit: configuration.BytesScannedCutoffPerQuery ?? Infinity,
  };
}

/** Throws an AwsError where no workgroup has the name. */
export function findWorkGroup(name: string, workGroups: readonly WorkGroup[]): WorkGroup {
  const group = workGroups.find(({ Name }) => Name === name);
  if (group === undefined) throw invalidRequest(`WorkGroup ${name} is not found.`);
  return group;
}

function checkToken(token: string | undefined): void {
  const { least, most } = LIMITS.token;
  if (token === undefined || (token.length >= least && token.length <= most)) return;
  throw invalidRequest(
    `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy ` +
      `constraint: Member must have length between ${least} and ${most}`,
  );
}

function outputFolder(
  input: StartQueryExecutionInput,
  { Configuration: configuration = {} }: WorkGroup,
  managed: boolean,
): string | undefined {
  const own = input.ResultConfiguration?.OutputLocation;
  if (managed && own !== undefined)
    throw invalidRequest(
      'ManagedQueryResultsConfiguration and ResultConfiguration cannot be set together.',
    );
  if (managed) return undefined;
  const groups = configuration.ResultConfiguration?.OutputLocation;
  const folder = configuration.EnforceWorkGroupConfiguration === true ? groups : (own ?? groups);
  if (folder === undefined)
    throw invalidRequest(
      'No output location provided. An output location is required either through the Workgroup ' +
        'result configuration setting or as an API input.',
    );
  if (!/^s3:\/\/[^/]+/.test(folder)) throw invalidRequest('outputLocation is not a valid S3 path.');
  return folder.endsWith('/') ? folder : `${folder}/`;
}

function statementOf(sql: string): Statement {
  const word = /[a-z]+/i.exec(codeOf(sql))?.[0].toUpperCase() ?? '';
  if (word === 'WITH' || word === 'SELECT') return { type: 'DML', kind: 'SELECT' };
  if (['EXPLAIN', 'SHOW', 'DESCRIBE'].includes(word)) return { type: 'UTILITY', kind: word };
  const type = ['CREATE', 'ALTER', 'DROP', 'MSCK'].includes(word) ? 'DDL' : 'DML';
  return { type, kind: word };
}
