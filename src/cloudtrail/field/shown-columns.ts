/** The columns that a finding shows of an event, beside its time, in the order of reports. */
export const SHOWN_COLUMNS = [
  'eventid',
  'eventname',
  'eventsource',
  'awsregion',
  'recipientaccountid',
  'sourceipaddress',
  'useragent',
  'useridentity',
  'requestparameters',
  'responseelements',
] as const;
