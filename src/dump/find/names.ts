/** What the path of a file says about its content. A file that the user named is read with any name. */
import { regionFolder, type RegionFolder } from '../../cloudtrail/file-name/region-folder.js';
import { REGION } from '../../cloudtrail/region.js';
import { isDay } from '../../cloudtrail/time/time.js';
import { remembering } from '../../memory/remembering.js';

// Endings of log files; whether such a file is a log is decided by its content. hunt cannot unpack all that may follow, but must
// name a log that it cannot read. The last endings suffice by themselves.
const LOG =
  /\.(?:(?:json|jsonl|ndjson|log|logs|events|tar)(?:\.(?:zst|bz2|xz))?|gz|gzip|tgz|zip|parquet)$/i;
/** Archives made on macOS hold an AppleDouble file beside each file. */
const APPLE_DOUBLE = /(?:^|\/)(?:\._[^/]*$|__MACOSX(?:\/|$))/;

/** What the name of a file in a folder says: it is a log, or only its content can tell. */
export function classifyName(path: string): 'log' | 'AppleDouble' | 'unknown' {
  if (APPLE_DOUBLE.test(path)) return 'AppleDouble';
  return LOG.test(path) ? 'log' : 'unknown';
}

const MEDIA =
  /\.(?:avi|avif|bmp|docx?|eot|flac|gif|heic|ico|jpe?g|m4a|m4v|mkv|mov|mp[34]|mpe?g|odt|ogg|otf|pdf|png|pptx?|psd|svg|tiff?|ttf|wav|webm|webp|woff2?|xlsx?)$/i;

/** Whether the name is that of a picture, a sound, a video, a font or an office document. */
export function isMediaName(path: string): boolean {
  return MEDIA.test(path);
}

const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|map|c|cc|cpp|cs|css|dart|ex|exs|fs|go|groovy|h|hpp|html?|ini|java|jl|kt|less|lua|md|mdx|php|pl|pm|properties|proto|ps1|psd1|psm1|py|pyi|ipynb|r|rb|rs|rst|sass|scala|scss|sh|sql|swift|tex|tf|tfvars|toml|xml|xsd|ya?ml)$/i;

/** Whether the name is that of a program's source, a configuration or a document, which may quote events. */
export function isSourceName(path: string): boolean {
  return SOURCE.test(path);
}

/** Sources and documents whose names are also those of exported data. */
const DATA = /\.(?:xml|ya?ml|html?|sql)$/i;

/** Whether the name is that of a document that may just as well be an export of events. */
export function isDataName(path: string): boolean {
  return DATA.test(path);
}

/** Patterns take longer to say that a file is another. */
const MARK = 'CloudTrail';

/** A folder has many files, and to take it apart takes longer. */
const knownFolder = remembering(regionFolder, { most: 1000, longest: 1000 });

// Files mostly come folder by folder, and more than one question is asked about each.
let latest = '';
let found: RegionFolder | undefined;

/** The folder of a region in which CloudTrail writes a file. */
export function regionFolderOf(path: string): RegionFolder | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder !== latest) [latest, found] = [folder, knownFolder(folder)];
  return found;
}

// There may be millions of files in one folder, so the patterns take no more of a name than is asked. They say less than `logNameOf`:
// tools that make one folder of all write others before the account, and some cut the end of a name.
const DELIVERED_ON = new RegExp(
  String.raw`_CloudTrail(?:-[A-Za-z]+)?_${REGION}_(\d{4})(\d{2})(\d{2})T\d{4}Z_[^/]{0,999}$`,
);
const DELIVERED_FROM = new RegExp(String.raw`(?:^|/)(\d{12})_CloudTrail_(${REGION})_[^/]*$`);

/**
 * The day of a file (its midnight UTC): from the folders that CloudTrail writes, `…/CloudTrail/REGION/YYYY/MM/DD/…`, else
 * from the delivery time in the file's name, `…_CloudTrail_REGION_YYYYMMDDTHHMMZ_…`. Undefined if the path names none.
 */
export function dayOf(path: string): number | undefined {
  if (!path.includes(MARK)) return undefined;
  const folder = regionFolderOf(path);
  if (folder?.grain === 'day' && !folder.holdsDigests) return folder.days?.first;
  const date = DELIVERED_ON.exec(path)?.slice(1).join('-');
  return date !== undefined && isDay(date) ? Date.parse(date) : undefined;
}

/**
 * The account and the region of a file: from the folders that CloudTrail writes, `…/ACCOUNT/CloudTrail/REGION/…`, else from
 * the file's name, `ACCOUNT_CloudTrail_REGION_…`. Undefined if the path does not name both.
 */
export function accountAndRegionOf(
  path: string,
): { readonly account: string; readonly region: string } | undefined {
  if (!path.includes(MARK)) return undefined;
  const folder = regionFolderOf(path);
  if (folder?.account !== undefined && !folder.holdsDigests)
    return { account: folder.account, region: folder.region };
  const [, account, region] = DELIVERED_FROM.exec(path) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}
