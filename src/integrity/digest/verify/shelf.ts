/** The digests that were read, by their names. A file may lie there twice, and two files may claim to be the same digest. */
import { digestNameOf } from '../../../cloudtrail/file-name/digest-name.js';
import type { Digest } from '../read/digest.js';
import { digestFolder, fileName } from '../read/names.js';
import { pushTo } from '../../../memory/grouped.js';

/** What a later digest says of one before it. */
export interface Claim {
  /** The content of the later digest. */
  readonly by: string;
  readonly sha256: string;
  readonly signature: string | null;
}

export class Shelf {
  /** By name; of each content one. */
  readonly digests = new Map<string, Digest[]>();
  /** By the name of the digest that they are about. */
  readonly claims = new Map<string, Claim[]>();
  /** Files whose name or folder is not the one that the digest in them states. */
  readonly misplaced: Digest[] = [];

  add(digest: Digest): void {
    if (isMisplaced(digest)) this.misplaced.push(digest);
    else if (!this.#put(digest)) return;
    const { previous } = digest;
    if (previous === null) return;
    const { id, sha256, signature } = previous;
    pushTo(this.claims, id, { by: digest.sha256, sha256, signature });
  }

  /**
   * Decides what misplaced files are: a digest that was moved is still that digest. If nothing says that it is, it is an altered
   * digest of the place where it lies. Gives those that were moved. To be called once, after the last digest.
   */
  settle(): readonly Digest[] {
    const moved: Digest[] = [];
    for (const digest of this.misplaced.splice(0)) {
      const place = fileName(digest.path);
      const name = digestNameOf(place);
      const isAltered =
        name !== undefined &&
        place !== digest.id &&
        !this.#isKnown(digest) &&
        this.claims.has(place);
      if (isAltered) this.#put({ ...digest, id: place, name });
      else {
        moved.push(digest);
        this.#put(digest);
      }
    }
    return moved;
  }

  /** Whether this content is known to be the digest that it states. */
  #isKnown({ id, sha256 }: Digest): boolean {
    const isSame = (other: { readonly sha256: string }): boolean => other.sha256 === sha256;
    return (
      (this.claims.get(id)?.some(isSame) ?? false) || (this.digests.get(id)?.some(isSame) ?? false)
    );
  }

  /** False if the same content is there already. */
  #put(digest: Digest): boolean {
    const others = this.digests.get(digest.id) ?? [];
    const same = others.findIndex(({ sha256 }) => sha256 === digest.sha256);
    const known = others[same];
    // The signature may lie beside one of two copies only.
    if (known !== undefined)
      others[same] = { ...known, signatures: [...known.signatures, ...digest.signatures] };
    else others.push(digest);
    this.digests.set(digest.id, others);
    return known === undefined;
  }
}

/** Whether the file has the name of another digest, or lies in the folder of another account, region or day. */
function isMisplaced({ path, id, key }: Digest): boolean {
  const place = fileName(path);
  if (place !== id && digestNameOf(place) !== undefined) return true;
  const folder = digestFolder(path);
  return folder !== undefined && folder !== digestFolder(key);
}
