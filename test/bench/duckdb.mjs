/**
 * What one would write by hand in DuckDB for the same question: the baselines of `run.mjs`. `lines` and `narrow` declare the
 * members that the question needs, and `lines` that each file is one line; `auto` declares nothing. Prints the number found.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const NARROW = `STRUCT(eventTime VARCHAR, eventID VARCHAR, eventName VARCHAR, eventSource VARCHAR, awsRegion VARCHAR,
  recipientAccountId VARCHAR, sourceIPAddress VARCHAR, userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR,
  userIdentity JSON, requestParameters JSON, responseElements JSON)[]`;
const READERS = {
  lines: `format = 'newline_delimited', maximum_object_size = 100000000, columns = { Records: '${NARROW}' }`,
  narrow: `format = 'unstructured', maximum_object_size = 100000000, columns = { Records: '${NARROW}' }`,
  auto: 'maximum_object_size = 100000000',
};

const [folder, threads, reader] = process.argv.slice(2);
const isAuto = reader === 'auto';
const arn = isAuto ? 'r.userIdentity.arn' : "r.userIdentity->>'arn'";
// What no file has, the automatic reader does not know.
const isFailed = isAuto ? 'FALSE' : '(r.errorCode IS NOT NULL OR r.errorMessage IS NOT NULL)';
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const result = await connection.runAndReadAll(`
  SELECT DISTINCT ON (r.eventID) r.*
  FROM (SELECT unnest(Records) AS r FROM read_json('${folder}/**/*.json.gz', ${READERS[reader]}))
  WHERE r.eventName IN ('CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress')
    AND r.recipientAccountId IN ('112233445566') AND NOT ${isFailed}
    AND NOT (coalesce(r.userAgent, '') LIKE '% HashiCorp/_.0 Terraform/%'
      AND coalesce(${arn}, '') SIMILAR TO '.*(Operator|ContinousDeployment).*')
  ORDER BY r.eventTime`);
process.stdout.write(`${result.currentRowCount}\n`);
