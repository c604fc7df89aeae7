/** The operations of the test server, and the executions that they start and describe. */
import type {
  BatchGetQueryExecutionOutput,
  GetTableMetadataInput,
  StartQueryExecutionInput,
  StartQueryExecutionOutput,
  WorkGroup,
} from '@aws-sdk/client-athena';
import { Execution, type Course } from './execution.js';
import type { Failure } from './failure.js';
import { AwsError, invalidRequest, type Input } from './protocol.js';
import { resultsPage } from './results.js';
import { findWorkGroup, readSubmission } from './submission.js';
import { findTable, type CatalogTable } from './tables.js';

export interface Account {
  readonly workGroups: readonly WorkGroup[];
  readonly tables: readonly CatalogTable[];
  /** How a statement runs. */
  course(sql: string, forced: Failure | undefined): Course;
}

export class Operations {
  private readonly account: Account;
  private readonly byId = new Map<string, Execution>();
  private readonly byToken = new Map<string, { parameters: string; id: string }>();

  constructor(account: Account) {
    this.account = account;
  }

  get executions(): readonly Execution[] {
    return [...this.byId.values()];
  }

  /** The execution that a call names. */
  named({ QueryExecutionId: id }: Input): Execution | undefined {
    return this.byId.get(String(id));
  }

  /** The output of the operation. Throws an AwsError where Athena would refuse the call. */
  handle(operation: string, input: Input, forced: Failure | undefined): object {
    switch (operation) {
      case 'StartQueryExecution':
        return this.start(input, forced);
      case 'GetQueryExecution': {
        const execution = this.execution(input);
        execution.poll();
        return { QueryExecution: execution.describe() };
      }
      case 'BatchGetQueryExecution':
        return this.batch(input['QueryExecutionIds'] as readonly string[]);
      case 'GetQueryResults':
        return resultsPage(this.execution(input), { ...input, QueryExecutionId: undefined });
      case 'StopQueryExecution':
        this.execution(input).stop();
        return {};
      case 'GetWorkGroup':
        return {
          WorkGroup: findWorkGroup(String(input['WorkGroup']), this.account.workGroups),
        };
      case 'GetTableMetadata': {
        const wanted = input as Readonly<Record<string, string>> & GetTableMetadataInput;
        return { TableMetadata: findTable(wanted, this.account.tables) };
      }
      case 'ListWorkGroups':
        return { WorkGroups: this.account.workGroups.map(({ Name }) => ({ Name })) };
      case 'ListDatabases':
        return { DatabaseList: this.account.tables.map(({ database }) => ({ Name: database })) };
      case 'ListTableMetadata': {
        const own = this.account.tables.filter(
          ({ database }) => database === input['DatabaseName'],
        );
        return { TableMetadataList: own.map(({ metadata }) => metadata) };
      }
      default:
        throw new AwsError('UnknownOperationException', `no operation ${operation}`, {});
    }
  }

  private start(
    input: Input & Partial<StartQueryExecutionInput>,
    forced: Failure | undefined,
  ): StartQueryExecutionOutput {
    const { ClientRequestToken: token, ...rest } = input;
    const parameters = JSON.stringify(sorted(rest));
    const before = token === undefined ? undefined : this.byToken.get(token);
    if (before !== undefined) {
      if (before.parameters !== parameters)
        throw invalidRequest('Idempotent parameters do not match');
      return { QueryExecutionId: before.id };
    }
    const submission = readSubmission(
      { ...input, QueryString: input.QueryString },
      this.account.workGroups,
    );
    const execution = new Execution(submission, this.account.course(submission.sql, forced));
    this.byId.set(execution.id, execution);
    if (token !== undefined) this.byToken.set(token, { parameters, id: execution.id });
    return { QueryExecutionId: execution.id };
  }

  private batch(ids: readonly string[]): BatchGetQueryExecutionOutput {
    if (ids.length === 0 || ids.length > 50)
      throw invalidRequest('QueryExecutionIds must have between 1 and 50 items');
    for (const id of new Set(ids)) this.byId.get(id)?.poll();
    return {
      QueryExecutions: ids.flatMap((id) => this.byId.get(id)?.describe() ?? []),
      UnprocessedQueryExecutionIds: ids
        .filter((id) => !this.byId.has(id))
        .map((id) => ({
          QueryExecutionId: id,
          ErrorCode: 'INVALID_INPUT',
          ErrorMessage: `QueryExecution ${id} was not found`,
        })),
    };
  }

  private execution(input: Input): Execution {
    const execution = this.named(input);
    if (execution !== undefined) return execution;
    throw invalidRequest(`QueryExecution ${String(input['QueryExecutionId'])} was not found`);
  }
}

/** With members in one order, so that equal parameters are equal text. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
