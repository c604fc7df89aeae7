/** How `src` becomes `dist`: a few files, for loading many takes Node long. What is loaded on demand stays apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'rolldown';

const inSource = (paths: RegExp) => (id: string) => paths.test(relative('src', id));

/**
 * Of what npm installs, what every hunt loads: to look for each of its many files takes longer than to run it. And what is
 * no CommonJS, which not every Node takes from it.
 */
const BUNDLED = ['commander', 'fastest-levenshtein', 'p-limit', 'yaml', 'yocto-queue'];

/** What their licences ask for: that they go with every copy. */
function licences(): string {
  const texts = BUNDLED.map((name) => {
    const folder = join('node_modules', name);
    const file = readdirSync(folder).find((entry) => /^license/i.test(entry)) ?? 'LICENSE';
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
  });
  return texts.join('\n\n');
}

export default defineConfig({
  // The command, what it loads while the threads begin that read logs, and those.
  input: ['./src/main.ts', './src/cli/program.ts', './src/dump/threads/worker.ts'],
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !BUNDLED.includes(id),
  transform: { target: 'node20.19' },
  plugins: [
    {
      name: 'licences',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: licences() });
        this.emitFile({ type: 'asset', fileName: 'package.json', source: '{"type":"commonjs"}\n' });
      },
    },
  ],
  output: {
    dir: 'dist',
    // Of Node's two kinds of modules, the one that it loads in half the time.
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    codeSplitting: {
      groups: [
        // What the command loads before threads begin.
        {
          name: 'start',
          test: inSource(/^(errors|package-files|cli\/world|dump\/threads\/threads)\.ts$/),
        },
        // All that a thread loads, and with it the command.
        {
          name: 'dump',
          test: inSource(
            /^(dump\/(?!threads\/worker\.ts)|cloudtrail\/|batch\/|text\/long-text\.ts)/,
          ),
          tags: ['$initial'],
        },
        // What the command always loads besides.
        {
          name: 'hunt',
          test: inSource(/^(?!main\.ts|cli\/program\.ts|dump\/)/),
          tags: ['$initial'],
        },
      ],
    },
  },
});
