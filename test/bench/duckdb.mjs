/**
 * What one would write by hand in DuckDB for the same question: the baselines of `local.mjs`. `narrow` declares the
 * members that this question needs, `whole` those of AWS's table, which a rule may ask for. Prints the number found.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const NARROW = `eventTime VARCHAR, eventID VARCHAR, eventName VARCHAR, eventSource VARCHAR, awsRegion VARCHAR,
  recipientAccountId VARCHAR, sourceIPAddress VARCHAR, userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR,
  userIdentity JSON, requestParameters JSON, responseElements JSON`;
const ISSUER =
  'type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, userName VARCHAR';
const WHOLE = `eventVersion VARCHAR,
  userIdentity STRUCT(${ISSUER}, invokedBy VARCHAR, accessKeyId VARCHAR, sessionContext STRUCT(
    attributes STRUCT(mfaAuthenticated VARCHAR, creationDate VARCHAR), sessionIssuer STRUCT(${ISSUER}))),
  eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, sourceIPAddress VARCHAR,
  userAgent VARCHAR, errorCode VARCHAR, errorMessage VARCHAR, requestParameters JSON, responseElements JSON,
  additionalEventData JSON, requestID VARCHAR, eventID VARCHAR, readOnly VARCHAR,
  resources STRUCT(arn VARCHAR, accountId VARCHAR, type VARCHAR)[], eventType VARCHAR, apiVersion VARCHAR,
  recipientAccountId VARCHAR, serviceEventDetails JSON, sharedEventID VARCHAR, vpcEndpointId VARCHAR,
  eventCategory VARCHAR, tlsDetails STRUCT(tlsVersion VARCHAR, cipherSuite VARCHAR, clientProvidedHostHeader VARCHAR)`;

const [folder, threads, columns] = process.argv.slice(2);
const isWhole = columns === 'whole';
const arn = isWhole ? 'r.userIdentity.arn' : "r.userIdentity->>'arn'";
const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const result = await connection.runAndReadAll(`
  SELECT DISTINCT ON (r.eventID) r.*
  FROM (SELECT unnest(Records) AS r FROM read_json('${folder}/**/*.json.gz',
    columns = { Records: 'STRUCT(${isWhole ? WHOLE : NARROW})[]' }))
  WHERE r.eventName IN ('CreateSecurityGroup', 'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress')
    AND r.recipientAccountId IN ('112233445566') AND r.errorCode IS NULL AND r.errorMessage IS NULL
    AND NOT (coalesce(r.userAgent, '') LIKE '% HashiCorp/_.0 Terraform/%'
      AND coalesce(${arn}, '') SIMILAR TO '.*(Operator|ContinousDeployment).*')
  ORDER BY r.eventTime`);
process.stdout.write(`${result.currentRowCount}\n`);
