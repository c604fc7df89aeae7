/** Orders the test files: those that need Trino first, then the longer ones, so that no worker ends with a slow file alone. */
import { readFileSync, statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

export class SlowFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = new Map(files.map((file) => [file, weightOf(file.moduleId)]));
    return Promise.resolve(files.toSorted((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0)));
  }
}

/** Files that need Trino outweigh all others. */
function weightOf(path: string): number {
  const isSlow = readFileSync(path, 'utf8').includes('describeWithTrino');
  return statSync(path).size + (isSlow ? 1_000_000 : 0);
}
