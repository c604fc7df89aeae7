/** With whose rights, where and at which address AWS is asked, for Athena and S3 alike. */
import type { AwsSettings } from '../../engine/athena/client.js';
import type { AthenaConfig } from './table-config.js';
import type { RemoteOptions } from './table-options.js';
import type { World } from '../world.js';

/** As the command line says, else the configuration; what neither says, AWS's own ways do. */
export function awsSettings(
  options: Pick<RemoteOptions, 'profile' | 'awsRegion' | 'endpoint'>,
  config: Pick<AthenaConfig, 'profile' | 'region'> | undefined,
  environment: World['environment'],
): AwsSettings {
  const profile = options.profile ?? config?.profile;
  // At an address of one's own the region does nothing but sign.
  const isKnown = profile ?? environment['AWS_PROFILE'] ?? environment['AWS_REGION'];
  const signing = options.endpoint !== undefined && !isKnown ? 'us-east-1' : undefined;
  return {
    profile,
    region: options.awsRegion ?? config?.region ?? signing,
    endpoint: options.endpoint,
  };
}
