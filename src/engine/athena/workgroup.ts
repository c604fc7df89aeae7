/** A workgroup of Athena: where its queries write their results, and what it enforces. */
import type { AthenaClient, ResultConfiguration, WorkGroup } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import { isUnknownCall } from './client/answer.js';
import { callAthena } from './client/call.js';

export interface Workgroup {
  readonly name: string;
  /** Undefined if Athena does not allow us to describe it. */
  readonly known: WorkGroup | undefined;
  /** Athena's refusal to describe it, if it is not known. */
  readonly refusal: unknown;
}

/**
 * Describes a workgroup. Where Athena refuses, the workgroup is taken to enforce nothing: if it does not exist, the first
 * query fails. Throws the SDK's errors where no answer came.
 */
export async function readWorkgroup(
  client: AthenaClient,
  name: string,
  signal?: AbortSignal,
): Promise<Workgroup> {
  const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
  const command = new GetWorkGroupCommand({ WorkGroup: name });
  try {
    const { WorkGroup: known } = await callAthena(
      client,
      (options) => client.send(command, options),
      { signal },
    );
    return { name, known, refusal: undefined };
  } catch (error) {
    if (!isAnswer(error)) throw error;
    return { name, known: undefined, refusal: error };
  }
}

/** Whether the error is an answer of the service. */
function isAnswer(error: unknown): boolean {
  if (isUnknownCall(error)) return true;
  return error instanceof Error && '$fault' in error && '$metadata' in error;
}

/**
 * Where a query asks Athena to write its results; undefined if the workgroup decides. `output` is `s3://bucket/prefix`,
 * as the person set it. Throws a HuntError if neither the person nor the workgroup sets a location.
 */
export function resultsOf(
  { name, known }: Workgroup,
  output: string | undefined,
): ResultConfiguration | undefined {
  const settings = known?.Configuration;
  const isManaged = settings?.ManagedQueryResultsConfiguration?.Enabled === true;
  if (isManaged || settings?.EnforceWorkGroupConfiguration === true) return undefined;
  if (output !== undefined) return { OutputLocation: output };
  if (known !== undefined && !settings?.ResultConfiguration?.OutputLocation)
    throw new HuntError(
      'CONFIG',
      `the workgroup ${name} has no location for results: set --results s3://bucket/prefix, or athena: { output } in hunt.yml`,
    );
  return undefined;
}
