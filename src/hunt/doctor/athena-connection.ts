/** The first steps of `hunt doctor` in Athena: the server, the credentials, the workgroup. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { addressOf, contact } from '../../engine/contact.js';
import { endpointOf, type AwsSettings } from '../../engine/athena/client/client.js';
import { awsError } from '../../engine/athena/client/error.js';
import { listWorkgroups } from '../../engine/athena/listing.js';
import { readWorkgroup, resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import { ASK_DOCTOR } from '../../engine/failure.js';
import { HuntError, reasonOf } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { bytesText } from '../../text/bytes-text.js';
import { LIMITS, type Check, type Found } from './checks.js';

const REACH = 'reach Athena';
const CREDENTIALS = 'find credentials';
export const SIGN_IN = 'sign in';
export const WORKGROUP = 'describe the workgroup';

export interface ConnectionRequest {
  readonly client: AthenaClient;
  readonly aws: AwsSettings;
  readonly workgroup: string;
  /** Where results go, if the person says it. */
  readonly output: string | undefined;
  /** Called with the workgroup, as far as it is known. */
  readonly onWorkgroup: (workgroup: Workgroup) => void;
}

/** That Athena answers, that the workgroup runs queries, and that results have a place. */
export function connectionChecks(request: ConnectionRequest): readonly Check[] {
  const { client, workgroup: name } = request;
  let answer: Workgroup = { name, known: undefined, refusal: undefined };
  return [
    {
      name: REACH,
      after: [],
      limit: LIMITS.asking,
      run: async (signal) => {
        const url = await endpointOf(request.aws).catch((error: unknown) => {
          throw awsError(error, 'find the address of Athena');
        });
        await contact(addressOf(url), signal).catch((error: unknown) => {
          const hint = 'check the region (--aws-region), or --endpoint';
          throw error instanceof HuntError && error.code === 'ENGINE'
            ? new HuntError('ENGINE', `${error.message}: ${hint}`, { cause: error })
            : error;
        });
        const region = await client.config.region();
        return { status: 'ok', message: `${url.origin} accepts connections, region ${region}` };
      },
    },
    {
      name: CREDENTIALS,
      after: [],
      limit: LIMITS.asking,
      run: async () => {
        const { expiration } = await client.config.credentials().catch((error: unknown) => {
          throw awsError(error, 'find credentials');
        });
        const until = expiration === undefined ? '' : `, valid until ${expiration.toISOString()}`;
        return { status: 'ok', message: `credentials found${until}` };
      },
    },
    {
      name: SIGN_IN,
      after: [REACH, CREDENTIALS],
      limit: LIMITS.asking,
      run: async (signal) => {
        answer = await firstAnswer(client, name, signal);
        return { status: 'ok', message: 'Athena answers, and knows the credentials' };
      },
    },
    {
      name: WORKGROUP,
      permissions: 'athena:GetWorkGroup',
      after: [SIGN_IN],
      limit: LIMITS.asking,
      run: (signal) => judge(answer, request, signal),
    },
  ];
}

/** Answers by which AWS does not accept the credentials, whatever the call. */
const NOT_ACCEPTED =
  /Expired|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken|IncompleteSignature/;

/** The workgroup, or Athena's refusal to describe it: any of them shows that Athena answers. */
async function firstAnswer(
  client: AthenaClient,
  name: string,
  signal: AbortSignal,
): Promise<Workgroup> {
  const workgroup = await readWorkgroup(client, name, signal).catch((error: unknown) => {
    throw awsError(error, 'get an answer');
  });
  const { refusal } = workgroup;
  if (refusal instanceof Error && NOT_ACCEPTED.test(refusal.name))
    throw awsError(refusal, 'sign in');
  return workgroup;
}

async function judge(
  workgroup: Workgroup,
  { client, output, onWorkgroup }: ConnectionRequest,
  signal: AbortSignal,
): Promise<Found> {
  const { name, known, refusal } = workgroup;
  if (refusal !== undefined) {
    const { message } = awsError(refusal, `describe the workgroup ${name}`);
    if (/not found|does not exist/i.test(reasonOf(refusal)))
      throw new HuntError(
        'ENGINE',
        `${message}.${didYouMean(name, await listWorkgroups(client, signal))}`,
      );
    onWorkgroup(workgroup);
    return {
      status: 'note',
      message: `not known: ${message.replace(` (${ASK_DOCTOR})`, '')}. A hunt works without it if the workgroup, or --results, says where results go`,
    };
  }
  if (known?.State === 'DISABLED')
    throw new HuntError(
      'ENGINE',
      `the workgroup ${name} is disabled: enable it, or use another --workgroup`,
    );
  resultsOf(workgroup, output);
  onWorkgroup(workgroup);
  return { status: 'ok', message: workgroupText(workgroup) };
}

function workgroupText({ name, known }: Workgroup): string {
  const settings = known?.Configuration;
  const isManaged = settings?.ManagedQueryResultsConfiguration?.Enabled === true;
  const location = settings?.ResultConfiguration?.OutputLocation;
  const limit = settings?.BytesScannedCutoffPerQuery;
  const results = location === undefined ? 'no results location' : `results in ${location}`;
  return [
    `${name}: ${settings?.EngineVersion?.EffectiveEngineVersion ?? 'engine version not known'}`,
    isManaged ? 'Athena manages the results' : results,
    ...(settings?.EnforceWorkGroupConfiguration === true ? ['enforces its settings'] : []),
    ...(limit === undefined ? [] : [`a query may read at most ${bytesText(limit)}`]),
  ].join(', ');
}
