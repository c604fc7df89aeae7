/**
 * The magic numbers of formats that hunt opens, of those that may hold logs and that it cannot open, and of some others that
 * people keep beside logs.
 */
import type { Format } from './kinds.js';

interface MagicNumber {
  readonly offset: number;
  readonly bytes: Buffer;
  /** False if a text may begin with these bytes. */
  readonly sure: boolean;
  readonly format: Format;
}

const closed =
  (first: string) =>
  (name: string): Format => ({ kind: 'closed', name, first });
const packed = closed('unpack it first');
const encrypted = closed('decrypt it first');
const foreign = closed('convert it to JSON or Parquet first');
const other = (name: string): Format => ({ kind: 'other', name });

/** The magic number in hexadecimal digits, or as text after a quote mark. */
type Row = readonly [magic: string, format: Format, offset?: number];

const ROWS: readonly Row[] = [
  ['1f8b', { kind: 'gzip' }],
  ["'PAR1", { kind: 'parquet' }],
  ['504b0304', { kind: 'zip' }],
  // An empty zip archive.
  ['504b0506', { kind: 'zip' }],
  ["'ustar", { kind: 'tar' }, 257],
  ['28b52ffd', { kind: 'zstd' }],
  // A skippable frame, which may stand before the data.
  ...Array.from({ length: 16 }, (_, low): Row => [
    `${(0x50 + low).toString(16)}2a4d18`,
    { kind: 'zstd' },
  ]),

  ['504b0708', packed('a part of a zip archive in several volumes')],
  ['377abcaf271c', packed('a 7-Zip archive')],
  ['526172211a07', packed('a RAR archive')],
  ["'RE~^", packed('a RAR archive')],
  ["'BZh", packed('bzip2')],
  ['fd377a585a00', packed('XZ')],
  ["'LZIP", packed('lzip')],
  ['894c5a4f000d0a1a0a', packed('lzop')],
  ["'LRZI", packed('lrzip')],
  ['04224d18', packed('LZ4')],
  ['02214c18', packed('LZ4')],
  ['ff060000734e61507059', packed('Snappy')],
  ['1f9d', packed('compress (.Z)')],
  ['1fa0', packed('compress (.Z)')],
  ['1f1e', packed('pack (.z)')],
  ['4d53434600000000', packed('a cabinet archive')],
  ['78617221', packed('a xar archive')],
  ["'070701", packed('a cpio archive')],
  ["'070707", packed('a cpio archive')],
  ['c771', packed('a cpio archive')],
  ...['22', '23', '24', '25', '26', '27'].map((version): Row => [
    `${version}b52ffd`,
    packed('zstd of a version before 0.8'),
  ]),

  ["'age-encryption.org/v1", encrypted('age encryption')],
  ["'Salted__", encrypted('OpenSSL encryption')],
  ["'$ANSIBLE_VAULT;", encrypted('an Ansible vault')],
  ['41455302', encrypted('AES Crypt')],
  ['41455303', encrypted('AES Crypt')],
  ["'PARE", encrypted('encrypted Parquet')],

  ["'ORC", foreign('ORC')],
  ['4f626a01', foreign('Avro')],
  ["'ARROW1", foreign('Arrow')],
  ["'FEA1", foreign('Feather')],
  ['52434601', foreign('RCFile')],
  ['53455106', foreign('a Hadoop sequence file')],
  ["'DUCK", foreign('a DuckDB database'), 8],

  [
    '53514c69746520666f726d6174203300',
    { kind: 'database', name: 'SQLite', first: 'export the events as JSON or CSV first' },
  ],

  ['456c6646696c6500', other('a Windows event log')],
  ['89504e470d0a1a0a', other('an image')],
  ['ffd8ff', other('an image')],
  ["'GIF8", other('an image')],
  ["'%PDF-", other('PDF')],
  ['7f454c46', other('a program')],
  ["'MZ", other('a program')],
  ['cafebabe', other('a program')],
  ['cffaedfe', other('a program')],
  ['0061736d', other('a program')],
  ["'!<arch>\n", other('a program library')],
  ['d4c3b2a1', other('a network capture')],
  ['0a0d0d0a', other('a network capture')],
  ["'ftyp", other('a video'), 4],
];

/** Letters that no text begins with. */
const SURE = /^'(?:age-|Salted__|\$ANSIBLE|ustar|%PDF|PAR1|PARE|BZh)/;

export const MAGIC_NUMBERS: readonly MagicNumber[] = ROWS.map(([magic, format, offset = 0]) => {
  const isLetters = magic.startsWith("'");
  return {
    offset,
    bytes: isLetters ? Buffer.from(magic.slice(1), 'latin1') : Buffer.from(magic, 'hex'),
    sure: !isLetters || SURE.test(magic),
    format,
  };
});
