/** The real Trino as an engine that tests fill. */
import { trino as trinoDialect } from '../../src/sql/dialect/trino.js';
import type { TestedEngine } from './evaluate-engines.js';
import type { Trino } from './trino.js';

export function testedTrino(trino: Trino): TestedEngine {
  return {
    name: 'Trino',
    dialect: trinoDialect,
    fill: (records) => trino.createEvents('events', records),
    rows: (sql) => trino.rows(sql),
    close: () => Promise.resolve(),
  };
}
