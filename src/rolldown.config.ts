/** How `src` becomes `dist`: a few files, for loading many takes Node long. What is loaded on demand stays apart. */
import { relative } from 'node:path';
import { defineConfig } from 'rolldown';

const inSource = (paths: RegExp) => (id: string) => paths.test(relative('src', id));

export default defineConfig({
  // The command, what it loads while the threads begin that read logs, and those.
  input: ['./src/main.ts', './src/cli/program.ts', './src/dump/worker.ts'],
  platform: 'node',
  // What npm installs.
  external: /^[^./]/,
  transform: { target: 'node20.19' },
  output: {
    dir: 'dist',
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        // What the command loads before threads begin.
        { name: 'start', test: inSource(/^(errors|package-files|cli\/world|dump\/threads)\.ts$/) },
        // All that a thread loads, and with it the command.
        {
          name: 'dump',
          test: inSource(/^(dump\/(?!worker\.ts)|cloudtrail\/)/),
          tags: ['$initial'],
        },
        // What the command always loads besides.
        {
          name: 'hunt',
          test: inSource(/^(?!\.\.|main\.ts|cli\/program\.ts|dump\/)/),
          tags: ['$initial'],
        },
      ],
    },
  },
});
