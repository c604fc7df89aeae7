/** Where a workgroup has its results go, and what it enforces. */
import type { AthenaClient, ResultConfiguration, WorkGroup } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';

export interface Workgroup {
  readonly name: string;
  /** Undefined where it may not be looked at. */
  readonly known: WorkGroup | undefined;
}

/** Looks at a workgroup; one that may not be looked at is taken as one that decides nothing. */
export async function readWorkgroup(
  client: AthenaClient,
  name: string,
  signal?: AbortSignal,
): Promise<Workgroup> {
  const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
  try {
    const { WorkGroup: known } = await client.send(
      new GetWorkGroupCommand({ WorkGroup: name }),
      signal ? { abortSignal: signal } : {},
    );
    return { name, known };
  } catch (error) {
    // Whether it is there at all, the first query will tell.
    if (isCallFailure(error)) throw error;
    return { name, known: undefined };
  }
}

/** No answer at all, as against one that says no. */
function isCallFailure(error: unknown): boolean {
  return !(error instanceof Error && '$fault' in error && '$metadata' in error);
}

/**
 * What a query says of where its results go: nothing where the workgroup has decided. Throws a HuntError where nobody has.
 */
export function resultsOf(
  { name, known }: Workgroup,
  output: string | undefined,
): ResultConfiguration | undefined {
  const own = known?.Configuration;
  const managed = own?.ManagedQueryResultsConfiguration?.Enabled === true;
  if (managed || own?.EnforceWorkGroupConfiguration === true) return undefined;
  if (output !== undefined) return { OutputLocation: output };
  if (known !== undefined && !own?.ResultConfiguration?.OutputLocation)
    throw new HuntError(
      'CONFIG',
      `the workgroup ${name} does not say where results go: --results s3://bucket/prefix, or athena: { output } in hunt.yml`,
    );
  return undefined;
}
