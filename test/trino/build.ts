/**
 * Builds the tests' Trino, once a machine: its jars by Maven, our one class by javac, and an archive of its loaded
 * classes, with which it starts three times as fast. All of it lies outside the repository, named by what it is made of.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { startTrino, type Launch } from './start.js';

const here = import.meta.dirname;
const POM = join(here, 'pom.xml');
const SOURCE = join(here, 'TrinoServer.java');
const JAVA_VERSION = '25';
const JAVA_FOLDERS = '/usr/lib/jvm';

const FLAGS = [
  '-Xmx5g',
  '-XX:+UseSerialGC',
  // The fuller the room for compiled code, the more often the whole heap is collected to free some, with a gigabyte of old
  // queries in it.
  '-XX:ReservedCodeCacheSize=512m',
  // Room for what the plan of a long statement needs for a moment, and no collection because classes are many.
  '-Xms2g',
  '-Xmn1g',
  '-XX:MetaspaceSize=1g',
  // The second compiler makes code that is faster, but a run of the tests is too short for it: half of all time went into compiling.
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
  '-Xlog:disable',
  '-Duser.timezone=UTC',
  '-Djdk.attach.allowAttachSelf=true',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
  '--add-modules=jdk.incubator.vector',
  '--add-opens=java.base/java.nio=ALL-UNNAMED',
];

/** How to start Trino, which is built where it has not been yet. Throws an Error that says what is missing. */
export async function trinoLaunch(signal: AbortSignal): Promise<Launch> {
  const java = findJava();
  const parts = [POM, SOURCE, join(java, 'release')].map((file) => readFileSync(file, 'utf8'));
  const hash = createHash('sha256')
    .update([java, ...FLAGS, ...parts].join('\0'))
    .digest('hex');
  const cache = join(tmpdir(), `hunt-trino-${hash.slice(0, 16)}`);
  return (await built(cache)) ?? (await build(java, cache, signal));
}

/** An earlier build, unless a jar is missing. */
async function built(cache: string): Promise<Launch | undefined> {
  try {
    const launch = JSON.parse(await readFile(join(cache, 'launch.json'), 'utf8')) as Launch;
    return launch.classpath.every((jar) => existsSync(jar)) ? launch : undefined;
  } catch {
    return undefined;
  }
}

async function build(java: string, cache: string, signal: AbortSignal): Promise<Launch> {
  await mkdir(cache, { recursive: true });
  // A folder of its own for each build: two suites may build at the same time. The first to end stays.
  const folder = await mkdtemp(join(cache, 'build-'));
  try {
    const jars = await fetchJars(java, folder, signal);
    const classes = join(folder, 'classes');
    const jar = join(folder, 'server.jar');
    const compile = ['-proc:none', '-d', classes, '-cp', jars.join(delimiter), SOURCE];
    await run(join(java, 'bin/javac'), compile, signal);
    await run(join(java, 'bin/jar'), ['--create', '--file', jar, '-C', classes, '.'], signal);
    const archive = join(folder, 'classes.jsa');
    const launch = { java: join(java, 'bin/java'), flags: FLAGS, classpath: [jar, ...jars] };
    await train({ ...launch, flags: [...FLAGS, `-XX:ArchiveClassesAtExit=${archive}`] });
    const quick = { ...launch, flags: [...FLAGS, `-XX:SharedArchiveFile=${archive}`] };
    const draft = join(folder, 'launch.json');
    await writeFile(draft, JSON.stringify(quick));
    const other = await built(cache);
    if (other !== undefined) {
      await rm(folder, { recursive: true });
      return other;
    }
    await rename(draft, join(cache, 'launch.json'));
    return quick;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function fetchJars(java: string, folder: string, signal: AbortSignal): Promise<string[]> {
  const list = join(folder, 'classpath');
  const goal = ['-B', '-q', '-f', POM, 'dependency:build-classpath', `-Dmdep.outputFile=${list}`];
  try {
    await run('mvn', goal, signal, { JAVA_HOME: java });
  } catch (error) {
    const { code, stdout = '', message } = error as Error & { code?: unknown; stdout?: string };
    if (code === 'ENOENT') throw new Error('Maven (mvn) is not installed', { cause: error });
    const said = stdout.split('\n').filter((line) => line.startsWith('[ERROR]'));
    const reason = said.slice(0, 2).join(' ').replaceAll('[ERROR] ', '') || message;
    throw new Error(`Maven could not get Trino's jars: ${reason}`, { cause: error });
  }
  return (await readFile(list, 'utf8')).trim().split(delimiter);
}

/** A short life with the statements that tests make most, so that their classes are in the archive. */
async function train(launch: Launch): Promise<void> {
  const trino = await startTrino(launch);
  const response = await fetch(`${trino.url}/v1/statement`, {
    method: 'POST',
    headers: { 'X-Trino-User': 'hunt' },
    body: `SELECT lower(a), regexp_like(a, 'x'), json_extract_scalar(a, '$.b'), count(*)
      FROM (VALUES '{"b": 1}') AS t (a) GROUP BY a ORDER BY a`,
  });
  let answer = (await response.json()) as { nextUri?: string };
  while (answer.nextUri !== undefined)
    answer = (await (await fetch(answer.nextUri)).json()) as { nextUri?: string };
  await trino.stop();
}

function findJava(): string {
  const installed = existsSync(JAVA_FOLDERS) ? readdirSync(JAVA_FOLDERS) : [];
  const homes = [
    process.env['TRINO_JAVA_HOME'] ?? '',
    process.env['JAVA_HOME'] ?? '',
    ...installed.map((name) => join(JAVA_FOLDERS, name)),
  ];
  const found = homes.find((home) => home !== '' && isJava(home));
  if (found === undefined)
    throw new Error(
      `no Java ${JAVA_VERSION} (JDK) in TRINO_JAVA_HOME, JAVA_HOME or ${JAVA_FOLDERS}`,
    );
  return found;
}

function isJava(home: string): boolean {
  const release = join(home, 'release');
  if (!existsSync(release) || !existsSync(join(home, 'bin/javac'))) return false;
  return new RegExp(`^JAVA_VERSION="${JAVA_VERSION}\\b`, 'm').test(readFileSync(release, 'utf8'));
}

async function run(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await promisify(execFile)(command, args, { signal, env: { ...process.env, ...env } });
}
