/**
 * Bundles `src` into a few files in `dist`, because Node takes long to load many. What only some commands need stays in files
 * of its own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { defineConfig } from 'rolldown';
import { embeddedScript } from './embedded-script.js';

const inSource = (paths: RegExp) => (id: string) => paths.test(relative('src', id));

/**
 * The dependencies that every hunt loads: finding their many files would take longer than running them. Some of them are
 * also ES modules only, which older versions of Node cannot `require`. Of others only a small part is needed.
 */
const BUNDLED = [
  'commander',
  'd3-array',
  'd3-color',
  'd3-format',
  'd3-interpolate',
  'd3-scale',
  'd3-time',
  'd3-time-format',
  'fastest-levenshtein',
  'fflate',
  'internmap',
  'mustache',
  'nodemailer',
  'p-limit',
  'preact',
  'preact-render-to-string',
  'yaml',
  'yocto-queue',
];

/**
 * commander starts a program for a command that is a file of its own, and hunt has none. To load what starts programs takes longer than
 * the rest of commander.
 */
const UNUSED = 'node:child_process';

/** The licences of the bundled packages, which each of them asks to be passed on. */
function licences(): string {
  const texts = BUNDLED.map((name) => {
    const folder = join('node_modules', name);
    const file = readdirSync(folder).find((entry) => /^license/i.test(entry)) ?? 'LICENSE';
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
  });
  return texts.join('\n\n');
}

export default defineConfig({
  // The bin, the program that it loads while the threads start, the threads that read logs, and a step of the build.
  input: [
    './src/main.ts',
    './src/cli/program.ts',
    './src/dump/threads/worker.ts',
    './src/compile.ts',
  ],
  platform: 'node',
  external: (id) =>
    !/^[./]/.test(id) && id !== UNUSED && !BUNDLED.some((name) => `${id}/`.startsWith(`${name}/`)),
  // The same parser as ES modules, of which only what is used is taken. As CommonJS, it takes long to begin.
  resolve: { alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') } },
  transform: { target: 'node20.19' },
  plugins: [
    embeddedScript(),
    {
      name: 'unused',
      resolveId: (id, importer = '') =>
        id === UNUSED && importer.includes('/commander/') ? '\0unused' : undefined,
      load: (id) => (id === '\0unused' ? 'export {};' : undefined),
    },
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
    // Node loads CommonJS in half the time of ES modules.
    format: 'cjs',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // Less text is compiled sooner, and a text of ASCII alone is read in a third of the time. The licences have a file of their own.
    comments: false,
    charset: 'ascii',
    codeSplitting: {
      groups: [
        // What the bin needs before the threads start, and what these parts share with the options.
        {
          name: 'start',
          test: inSource(
            /^(errors|package-files|cli\/exit-code|cli\/errors\/error-text|text\/safe-text|cloudtrail\/own-report|memory\/garbage|dump\/threads\/threads)\.ts$/,
          ),
        },
        // What finds files and gathers what threads read of them, and what an event is.
        { name: 'dump', test: inSource(/^(dump\/read\/read\.ts$|cloudtrail\/|batch\/)/) },
        // What reads: threads, and the program where it has little to read.
        { name: 'reading', test: inSource(/^dump\/(?!threads\/worker\.ts)/), tags: ['$initial'] },
        // The options, which are all that the help and the version need.
        { name: 'options', test: inSource(/^cli\/(commands\/hunt|options\/flags\/guessed)\.ts$/) },
        // What a hunt needs before it reads.
        { name: 'hunt', test: inSource(/^cli\/hunts\/plain-hunt\.ts$/) },
        // What makes the report and writes it. Threads read while it is loaded.
        { name: 'answer', test: inSource(/^(hunt\/logs\/answer|cli\/hunts\/finish-hunt)\.ts$/) },
        // DuckDB's engine and its reader of Parquet, which share most of their modules. The group comes last: a group also
        // takes what its modules import, and what a hunt always needs must not load DuckDB.
        { name: 'duckdb', test: inSource(/^engine\/duckdb\/(?!open\.ts)/) },
      ],
    },
  },
});
