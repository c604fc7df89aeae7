/** Calls of people in the console, as CloudTrail writes them. */

export const HOME = '111122223333';
export const WORK = '444455556666';

/** A call on 2026-03-01 in the account `WORK`. `more` has at least what was called. */
export function consoleCall(id: string, time: string, more: Record<string, unknown>): object {
  return {
    eventVersion: '1.09',
    eventID: id,
    eventTime: `2026-03-01T${time}Z`,
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0',
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    recipientAccountId: WORK,
    ...more,
  };
}
