/** Writes archives for tests, including hostile ones. */
import { pack, type Header } from 'tar-stream';
import { ZipFile } from 'yazl';

/** A member: its name or its tar header, and its content. */
export type TarMember = readonly [
  member: string | (Partial<Header> & Pick<Header, 'name'>),
  content?: string | Buffer,
];

/** A tar archive of these members, in this order. */
export async function tar(members: readonly TarMember[]): Promise<Buffer> {
  const archive = pack();
  const pieces = piecesOf(archive as AsyncIterable<Buffer>);
  for (const [member, content = ''] of members)
    archive.entry(typeof member === 'string' ? { name: member } : member, content);
  archive.finalize();
  return pieces;
}

/** A zip archive of these members, in this order. */
export function zip(
  members: readonly (readonly [name: string, content: string | Buffer])[],
  options: { readonly compress?: boolean; readonly mode?: number } = {},
): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of members) archive.addBuffer(Buffer.from(content), name, options);
  archive.end();
  return piecesOf(archive.outputStream as AsyncIterable<Buffer>);
}

/** Replaces a name everywhere in an archive by another of the same length. Archivers refuse to write some hostile names. */
export function renamed(archive: Buffer, from: string, to: string): Buffer {
  if (Buffer.byteLength(from) !== Buffer.byteLength(to)) throw new Error('of another length');
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

async function piecesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
