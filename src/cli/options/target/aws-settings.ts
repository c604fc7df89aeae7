/** The AWS profile, region and address for Athena and S3. */
import type { AwsSettings } from '../../../engine/athena/client/client.js';
import type { CommandContext } from '../../context.js';
import type { AthenaConfig } from '../hunt-yml/table.js';
import type { TableOptions } from '../flags/table-flags.js';

/** A fake region: a server that is not AWS needs one for the signature only. */
const SIGNING_REGION = 'us-east-1';

/** The options win over the configuration. What neither of them sets, the AWS SDK finds as every AWS tool does. */
export function awsSettings(
  options: Pick<TableOptions, 'profile' | 'awsRegion' | 'endpoint'>,
  config: Pick<AthenaConfig, 'profile' | 'region'> | undefined,
  environment: CommandContext['environment'],
): AwsSettings {
  const profile = options.profile ?? config?.profile;
  const hasRegion =
    profile !== undefined || environment['AWS_PROFILE'] || environment['AWS_REGION'];
  const signing = options.endpoint !== undefined && !hasRegion ? SIGNING_REGION : undefined;
  return {
    profile,
    region: options.awsRegion ?? config?.region ?? signing,
    endpoint: options.endpoint,
  };
}
