import { defineConfig } from 'vitest/config';
import { embeddedScript } from '../src/embedded-script.js';
import { SlowFirst } from './slow-first.js';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [embeddedScript()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/trino/setup.ts',
    setupFiles: ['test/seed.ts', 'test/clean.ts'],
    // What the AWS SDK will ask of Node one day is no news to a test.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    sequence: { sequencer: SlowFirst },
    // One less than there are would be one on a small machine.
    maxWorkers: '100%',
    // Loading the modules again for each file took a third of the processor's time.
    isolate: false,
    // Only what hangs may end so: a busy machine takes many times as long as an idle one.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
