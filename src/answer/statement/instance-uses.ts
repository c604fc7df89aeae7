/**
 * SQL for what the ledger's names lack to compare the uses of an instance's credentials: the key and the address of calls that only
 * exclusions left out.
 */
import { OWN_AGENTS } from '../../cloudtrail/own-agents.js';
import { hides, mayHide } from '../../query/hiding.js';
import type { Query } from '../../query/query.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { flagOf } from './flags.js';
import { numbered, ruleTextSql, type NumberedRule } from './rule-texts.js';

/** In characters. AWS's keys and addresses are shorter; a hostile log may have any text. */
const LONGEST = 128;
/** The length of an account. */
const ACCOUNT = 12;

/** The SQL that the uses add to the steps of a statement; nothing where no rule may hide one. */
export interface UseSteps {
  /** Of a record, whatever the rules say of it. */
  readonly candidate: readonly string[];
  /** Of a record, after the tests. */
  readonly found: readonly string[];
  /** Members of the names in the ledger. */
  readonly names: readonly (readonly [name: string, sql: string])[];
}

const USE = "left_out <> ''";
/** Of another account than that of the call, and of its caller. `instanceUseOf` says the same of findings. */
const FOREIGN_ENDPOINT = [
  `length(COALESCE(vpcendpointaccountid, '')) = ${ACCOUNT}`,
  "vpcendpointaccountid <> COALESCE(recipientaccountid, '')",
  "vpcendpointaccountid <> COALESCE(useridentity.accountid, '')",
].join(' AND ');

/** The columns for each step of the statement. All are empty where no rule can leave out an event by an exclusion. */
export function useSteps({ rules }: Query, dialect: Dialect): UseSteps {
  const hiding = numbered(rules).filter(({ rule }) => mayHide(rule));
  if (hiding.length === 0) return { candidate: [], found: [], names: [] };
  const direct = "COALESCE(vpcendpointid, '') = ''";
  const use = [
    "useridentity.arn LIKE '%:assumed-role/%/i-%'",
    `length(useridentity.accesskeyid) BETWEEN 1 AND ${LONGEST}`,
    `length(sourceipaddress) BETWEEN 1 AND ${LONGEST}`,
    // A call by AWS itself has no address of a machine. Who calls through an endpoint of the network is in the network.
    "COALESCE(useridentity.invokedby, '') = ''",
    `(${direct} OR ${FOREIGN_ENDPOINT})`,
  ].join(' AND ');
  // AWS gives an instance another key every few hours. Those of its agents say nothing, and would only make more rows.
  const isAgent = dialect.finds('useragent', `(?i)${OWN_AGENTS}`);
  return {
    candidate: [
      `CASE WHEN ${use} THEN sourceipaddress END AS use_address`,
      'useridentity.accesskeyid AS use_key',
      `CASE WHEN NOT (${direct}) THEN vpcendpointaccountid END AS use_endpoint`,
    ],
    found: [
      `CASE WHEN use_address IS NULL THEN '' ELSE ${ruleTextSql(hiding, leftOutEntry)} END AS left_out`,
    ],
    names: [
      ['address', `CASE WHEN ${USE} THEN use_address END`],
      ['endpoint', `CASE WHEN ${USE} THEN use_endpoint END`],
      ['key', `CASE WHEN NOT (${USE}) THEN NULL WHEN ${isAgent} THEN '' ELSE use_key END`],
      ['rules', `CASE WHEN ${USE} THEN left_out END`],
    ],
  };
}

/** For `ruleTextSql`: the rules that would find a record if they had no exclusions. */
function leftOutEntry(numberedRule: NumberedRule) {
  const { rule, number } = numberedRule;
  const others = rule.stages.filter((stage) => !hides(stage));
  const flags = others.map((stage) => flagOf(numberedRule, stage));
  return { when: [`failures_${number} > 0`, ...flags].join(' AND ') };
}
